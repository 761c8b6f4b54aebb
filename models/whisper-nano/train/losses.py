"""What the network is told: the next token, times with some slack, where to look, and what each frame is."""
import torch
from torch.nn.functional import cross_entropy, nll_loss

from vocabulary import FIRST_TIME, LAST_TIME

TIME, LOOK, PHONE, TOKEN, BEFORE = 0.3, 0.8, 0.12, 0.5, 0.2
"""Weights of the losses; the text's is 1."""
SLACK = torch.exp(-(torch.arange(-4, 5) / 1.5) ** 2 / 2)
SLACK /= SLACK.sum()
GUIDED_HEADS, LOOK_WIDTH = 2, 5.0
ONE_IN = 4
"""The token heads learn from one frame in four: neighbours tell the same."""


def decoder_loss(logits, looks, answers, places, answer_places):
    """(loss, {name: figure}). Places are encoder frames; every layer but the last looks at the token read, the last at the answer."""
    asked = answers >= 0
    logs, wanted = logits[asked].float().log_softmax(-1), answers[asked]
    times = wanted >= FIRST_TIME
    text = nll_loss(logs[~times], wanted[~times]) - 0.02 * logs[~times][:, :FIRST_TIME].mean()
    right = (logs[~times].argmax(-1) == wanted[~times]).float().mean()
    time = logs.new_zeros(())
    if times.any():
        near = (wanted[times][:, None] + torch.arange(-4, 5)).clamp(FIRST_TIME, LAST_TIME)
        time = -(logs[times].gather(1, near) * SLACK).sum(1).mean()
    look = sum(look_loss(weights, where) for weights, where in zip(looks, [places] * (len(looks) - 1) + [answer_places])) / len(looks)
    figures = {'text': text, 'right': right, 'time': time, 'look': look}
    return text + TIME * time + LOOK * look, figures


def look_loss(weights, places):
    """How little of the guided heads' attention lies around the places."""
    rows, queries = (places >= 0).nonzero(as_tuple=True)
    if not len(rows):
        return weights.new_zeros(())
    frames = torch.arange(weights.shape[-1])
    around = torch.exp(-(frames - places[rows, queries][:, None]) ** 2 / (2 * LOOK_WIDTH**2))
    return -((weights[rows, :GUIDED_HEADS, queries] * around[:, None]).sum(-1) + 1e-3).log().mean()


def frame_loss(learner, states, phones, tokens, before):
    """(loss, {name: figure}) of the heads; labels are per encoder frame."""
    phone = cross_entropy(learner.phone(states).float().flatten(0, 1), phones.flatten())
    first = torch.randint(ONE_IN, ()).item()
    some = states.flatten(0, 1)[first::ONE_IN]
    token = cross_entropy(learner.token(some).float(), tokens.flatten()[first::ONE_IN])
    loss = PHONE * phone + TOKEN * token
    figures = {'phone': phone, 'token': token}
    earlier = before.flatten()[first::ONE_IN]
    if (earlier >= 0).any():
        figures['before'] = cross_entropy(learner.before(some).float(), earlier, ignore_index=-100)
        loss = loss + BEFORE * figures['before']
    return loss, figures
