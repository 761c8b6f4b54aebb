"""Gives the text tokens embeddings that fit what the encoder now writes for them.

    embed.py OLD HEARD OUT

OLD: a whole checkpoint with the tokenizer of before. HEARD: what `learn.py --hearing` made out of it. In a trained model an
embedding is nearly a linear map of the token's row in the encoder's head (held out: R² 0.61), so that map, fitted on OLD,
gives the new tokens theirs.
"""
import sys

import torch

from checkpoint import load, save

RIDGE = 0.1
SPECIAL = 9
"""Special tokens that follow the text tokens."""


def main(old, heard, out):
    embeddings, heads = rows(load(old)[0])
    learner, shape, steps = load(heard)
    _, new_heads = rows(learner)
    centred = heads - heads.mean(0)
    ridge = RIDGE * centred.pow(2).mean(0).sum() * len(centred) / centred.shape[1] * torch.eye(centred.shape[1])
    to_embedding = torch.linalg.solve(centred.T @ centred + ridge, centred.T @ (embeddings - embeddings.mean(0)))
    made = (new_heads - new_heads.mean(0)) @ to_embedding
    size = (embeddings - embeddings.mean(0)).norm(dim=1).mean()
    made *= size / made.norm(dim=1).mean()
    with torch.no_grad():
        learner.model.decoder.embed_tokens.weight[:len(made)] = made + embeddings.mean(0)
    save(out, learner, shape, steps)


def rows(learner):
    """Embeddings and head rows of the text tokens, without the special ones that follow."""
    heads = learner.token.weight.detach()
    count = len(heads) - SPECIAL
    return learner.model.decoder.embed_tokens.weight.detach()[:count], heads[:count]


if __name__ == '__main__':
    main(*sys.argv[1:])
