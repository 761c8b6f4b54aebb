"""The labelled corpus: reads calls and rows, refuses what the taxonomy does not know, splits by call and pair."""
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

LABELS = (
    'recording-request', 'recording-announced', 'one-way-interview', 'recording-rationale', 'everyone-does-this',
    'urgency-scarcity', 'authority-shift', 'refusal-pushback', 'free-work', 'method-extraction', 'confidential-info',
    'identity-or-money', 'surveillance', 'retention-or-sharing', 'protected-trait',
)
EVENTS = ('consent-given', 'consent-refused', 'data-question', 'reassurance')
NAMES = LABELS + EVENTS
ROLES = {'candidate': 'candidate', 'interviewer': 'interviewer', 'recruiter2': 'interviewer', 'system': 'platform',
         'unknown': 'unknown'}
FOLDER = Path(__file__).resolve().parent.parent / 'corpus'
EARLIER_KEPT = 4


class CorpusError(ValueError):
    """A call or row that goes against the taxonomy; the message names file, call and line."""


@dataclass(frozen=True)
class Example:
    """One utterance to learn from. `speaker` is a role; `context` has the earlier (role, text) pairs, nearest first."""
    text: str
    speaker: str
    context: tuple[tuple[str, str], ...] = ()
    names: frozenset[str] = frozenset()
    events_known: bool = True
    origin: str = 'call'
    group: str = ''


def load_split(folder=FOLDER):
    """{'train': […], 'dev': […], 'test': […]} by whole authors; a text over four words that is measured never stands in train."""
    splits = json.loads((folder / 'splits.json').read_text('utf-8'))
    part_of = {prefix: part for part in ('dev', 'test') for prefix in splits[part]}
    parts = {'train': [], 'dev': [], 'test': []}
    for example in read_calls(folder) + read_rows(folder):
        parts[part_of.get(author_of(example), 'train')].append(example)
    measured = {normal(x.text) for part in ('dev', 'test') for x in parts[part]}
    parts['train'] = [x for x in parts['train'] if len(x.text.split()) <= 4 or normal(x.text) not in measured]
    return parts


def author_of(example):
    """The prefix of a call's id, or the file of a row."""
    return example.group.rsplit('-', 1)[0] if example.origin == 'call' else re.split('[/#]', example.group)[0]


def read_calls(folder):
    """Every utterance of `calls/*.jsonl` with the utterances before it."""
    seen, examples = set(), []
    for file in sorted((folder / 'calls').glob('*.jsonl')):
        for number, call in read_lines(file):
            where = f'calls/{file.name}, line {number}, call {call.get("id")!r}'
            check_call(call, file.stem, seen, where)
            examples += call_examples(call, where)
    return examples


def read_rows(folder):
    """Every row of `utterances/*.jsonl`; rows of a pair share a group, any other row is a group of its own."""
    examples = []
    for file in sorted((folder / 'utterances').glob('*.jsonl')):
        for number, row in read_lines(file):
            where = f'utterances/{file.name}, line {number}'
            check_keys(row, {'text', 'speaker', 'context', 'labels', 'events', 'pair'}, where)
            group = f'{file.stem}/{row["pair"]}' if row.get('pair') else f'{file.stem}#{normal(row.get("text", ""))}'
            examples.append(example_of(row, row.get('context') or [], 'row', group, where))
    return examples


def read_lines(file):
    """(line number, object) for each line of a JSON Lines file."""
    for number, line in enumerate(file.read_text('utf-8').splitlines(), 1):
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            raise CorpusError(f'{file.parent.name}/{file.name}, line {number}: no JSON ({error})') from error
        if not isinstance(value, dict):
            raise CorpusError(f'{file.parent.name}/{file.name}, line {number}: no JSON object')
        yield number, value


def check_call(call, prefix, seen, where):
    check_keys(call, {'id', 'title', 'kind', 'utterances'}, where)
    name = str(call.get('id'))
    if name.rsplit('-', 1)[0] != prefix:
        raise CorpusError(f'{where}: the id must be the file name, a hyphen and a number')
    if name in seen:
        raise CorpusError(f'{where}: this id stands twice')
    if not isinstance(call.get('utterances'), list) or not call['utterances']:
        raise CorpusError(f'{where}: no utterances')
    seen.add(name)


def call_examples(call, where):
    spoken, examples = [], []
    for position, entry in enumerate(call['utterances'], 1):
        here = f'{where}, utterance {position}'
        check_keys(entry, {'speaker', 'text', 'labels', 'events'}, here)
        examples.append(example_of(entry, spoken, 'call', call['id'], here))
        spoken.append((entry['speaker'], entry['text']))
    return examples


def example_of(entry, earlier, origin, group, where):
    """The example of one call line or row; `earlier` is oldest first, as the corpus has it."""
    text, speaker = entry.get('text'), role_of(entry.get('speaker'), where)
    if not isinstance(text, str) or not text.strip():
        raise CorpusError(f'{where}: no text')
    context = tuple((role_of(who, where), said) for who, said in reversed(earlier[-EARLIER_KEPT:]))
    names = checked_names(entry, speaker, where)
    return Example(text, speaker, context, names, entry.get('events', []) is not None, origin, group)


def role_of(speaker, where):
    if speaker not in ROLES:
        raise CorpusError(f'{where}: unknown speaker {speaker!r}, use one of {", ".join(ROLES)}')
    return ROLES[speaker]


def checked_names(entry, speaker, where):
    """The labels and events of an entry, each known, single and possible for its speaker."""
    labels, events = entry.get('labels', []), entry.get('events', []) or []
    for given, known, kind in ((labels, LABELS, 'label'), (events, EVENTS, 'event')):
        for name in given:
            if name not in known:
                raise CorpusError(f'{where}: unknown {kind} {name!r}')
        if len(set(given)) < len(given):
            raise CorpusError(f'{where}: a {kind} stands twice in {given}')
    if speaker == 'candidate' and labels:
        raise CorpusError(f'{where}: {labels[0]!r} on a line of the candidate')
    for event in events:
        if speaker != 'unknown' and (speaker == 'candidate') == (event == 'reassurance'):
            raise CorpusError(f'{where}: {event!r} on a line of the {speaker}')
    return frozenset(labels) | frozenset(events)


def check_keys(entry, known, where):
    for key in entry:
        if key not in known:
            raise CorpusError(f'{where}: unknown key {key!r}')


def share_of(key):
    """A number in [0, 1) that depends on the text alone, the same on every machine."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) / 2**32


def normal(text):
    """Lower case, letters, digits and apostrophes only, single spaces."""
    return re.sub(r"[^\w']+|_+", ' ', text.lower().replace('’', "'")).strip()
