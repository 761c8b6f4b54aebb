"""Checks the corpus and prints the tables of its data card: `python count.py`."""
from corpus import FOLDER, LABELS, NAMES, author_of, load_split, read_calls

PARTS = ('train', 'dev', 'test')


def main():
    parts = load_split()
    print('\n'.join([*author_table(read_calls(FOLDER)), '', *part_table(parts), '', *name_table(parts)]))


def author_table(examples):
    """One line an author: calls, calls without any label, utterances."""
    lines = ['| author | calls | of them clean | utterances |', '|---|---|---|---|']
    for author in sorted({author_of(x) for x in examples}):
        own = [x for x in examples if author_of(x) == author]
        lines.append(f'| `{author}` | {len(calls(own))} | {len(clean_calls(own))} | {len(own)} |')
    return [*lines, f'| all | {len(calls(examples))} | {len(clean_calls(examples))} | {len(examples)} |']


def part_table(parts):
    lines = ['| part | calls | of them clean | rows | utterances in all |', '|---|---|---|---|---|']
    for part in PARTS:
        spoken = [x for x in parts[part] if x.origin == 'call']
        rows = len(parts[part]) - len(spoken)
        lines.append(f'| {part} | {len(calls(spoken))} | {len(clean_calls(spoken))} | {rows} | {len(parts[part])} |')
    return lines


def name_table(parts):
    lines = ['| label or event | train | dev | test |', '|---|---|---|---|']
    for name in NAMES:
        counts = [sum(name in x.names for x in parts[part]) for part in PARTS]
        lines.append(f'| `{name}` | {" | ".join(map(str, counts))} |')
    return lines


def calls(examples):
    return {x.group for x in examples}


def clean_calls(examples):
    return calls(examples) - {x.group for x in examples if x.names & set(LABELS)}


if __name__ == '__main__':
    main()
