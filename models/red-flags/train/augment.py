"""Examples as the program will meet them: recogniser style, misheard words, missing context, unknown speakers."""
import re
from dataclasses import replace

FILLERS = 'uh um the a to and i so it you of that like yeah in is we on for right'.split()
HOMOPHONES = {word: [other for other in group if other != word] for group in map(str.split, (
    'their there they\'re', 'your you\'re', 'its it\'s', 'to too two', 'for four', 'no know', 'write right', 'hear here',
    'by buy', 'wait weight', 'whole hole', 'week weak', 'would wood', 'our are hour', 'see sea', 'some sum', 'then than',
    'we\'re where were', 'who\'s whose', 'consent content', 'fee free', 'tape take', 'recorded according', 'record regard',
    'legal legally', 'passport password', 'paid page', 'test text', 'task ask', 'policy police',
    'clients client\'s', 'send sent', 'brief grief', 'source sauce', 'code cold', 'roll role', 'peace piece', 'accept except',
    'won one', 'made maid', 'mail male', 'camera camry', 'screen scream', 'notes nodes', 'share chair', 'lose loose',
    'decide this side', 'otter other', 'privacy private', 'bank back', 'card car', 'birth berth', 'married marry',
)) for word in group}
DRAWN_ROLES = ('interviewer', 'interviewer', 'candidate')
NEEDS_CONTEXT = frozenset(('refusal-pushback', 'recording-rationale', 'consent-given', 'consent-refused',
                           'data-question', 'reassurance'))


def augmented(example, rng):
    """A changed copy of an example; `rng` is a `random.Random`."""
    if example.origin == 'talk':
        example = with_drawn_roles(example, rng)
    if rng.random() < 0.5:
        example = map_texts(example, recogniser_style)
    if rng.random() < 0.25:
        rate = rng.uniform(0.02, 0.15)
        example = map_texts(example, lambda text: misheard(text, rng, rate))
    example = with_less_context(example, rng)
    return without_speakers(example) if rng.random() < 0.25 else example


def with_drawn_roles(example, rng, share=0.6):
    """Talk has no roles: most of it gets drawn ones, or 'unknown' would come to mean 'no flag'."""
    if rng.random() >= share:
        return example
    context = tuple((rng.choice(DRAWN_ROLES), text) for _, text in example.context)
    return replace(example, speaker=rng.choice(DRAWN_ROLES), context=context)


def map_texts(example, change):
    context = tuple((role, change(text)) for role, text in example.context)
    return replace(example, text=change(example.text), context=context)


def recogniser_style(text):
    """Lower case without punctuation; a text that is nothing else stays."""
    return ' '.join(re.sub(r"[^\w' ]+", ' ', text.lower().replace('’', "'")).split()) or text


def misheard(text, rng, rate):
    """About a share `rate` of the words is dropped, replaced by or followed by a filler, swapped, or heard as another."""
    words = []
    for word in text.split():
        alike = HOMOPHONES.get(word.lower().strip('.,?!'))
        if alike and rng.random() < 2 * rate:
            words.append(rng.choice(alike))
            continue
        chance = rng.random() / rate
        if chance < 0.35:
            continue
        words.append(rng.choice(FILLERS) if chance < 0.6 else word)
        if 0.6 <= chance < 0.85:
            words.append(rng.choice(FILLERS))
        elif 0.85 <= chance < 1 and len(words) > 1:
            words[-2:] = words[-1], words[-2]
    return ' '.join(words) or text


def with_less_context(example, rng):
    """Sometimes no context, where no name depends on it; sometimes only the nearest utterance."""
    chance = rng.random()
    if chance < 0.15 and not example.names & NEEDS_CONTEXT:
        return replace(example, context=())
    return replace(example, context=example.context[:1]) if chance < 0.2 else example


def without_speakers(example):
    return replace(example, speaker='unknown', context=tuple(('unknown', text) for _, text in example.context))


def as_interviewer(example):
    """Every role 'interviewer': how talk looks on the other side's channel, the hardest case for false alarms."""
    return replace(example, speaker='interviewer', context=tuple(('interviewer', text) for _, text in example.context))
