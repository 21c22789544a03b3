"""Questions that readers come with: each is a saved state of the explore page with the reason for it."""

from dataclasses import dataclass

from rekb.kb import KnowledgeBase
from rekb.site.facets import Choice, matching
from rekb.site.urls import EXPLORE


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader asks, and which works answer it."""

    text: str
    reason: str
    """Why these works and no others, in a sentence or two."""
    choice: Choice


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question with its address and the number of works that answer it."""

    text: str
    reason: str
    query: str
    """The state without the order in which it is shown."""
    path: str
    count: int


_TRAINING = "not-needs=pre-training&not-needs=retraining&not-needs=fine-tuning"
_ONE_MACHINE = "not-needs=several-devices&not-needs=network-clients&not-hardware=gpu-cluster"


def _question(text: str, reason: str, *parts: str) -> Question:
    return Question(text, reason, Choice.parse("&".join(parts)))


QUESTIONS = (
    _question(
        "One 24 GB GPU and a 13B model: what can I do without retraining?",
        "13 billion weights of 16 bits take 26 GB before the first token. These works lower memory while a "
        "language model runs, train no weights, need no second device, and ran on server or desktop GPUs.",
        "saves=memory&phase=inference&hardware=datacenter-gpu&hardware=consumer-gpu&modality=language",
        f"{_TRAINING}&not-needs=unknown&{_ONE_MACHINE}",
    ),
    _question(
        "I want to fine-tune a model on one consumer GPU",
        "Adapting a model keeps gradients and optimizer states beside the weights. These works lower memory "
        "in that phase, keep the network as it is and need no second device.",
        "saves=memory&phase=fine-tuning&phase=training",
        "not-needs=pre-training&not-needs=architecture-change&not-needs=unknown",
        f"{_ONE_MACHINE}&not-topic=foundation-models",
    ),
    _question(
        "How do I serve more users on the same GPUs?",
        "These works raise the number of requests or tokens done per second while the model runs, and leave "
        "its weights untrained.",
        f"saves=throughput&phase=inference&{_TRAINING}",
    ),
    _question(
        "Long documents: what keeps the KV cache small?",
        "The cache grows with every token of the context. These works on caches and long inputs lower the "
        "memory held while the model runs.",
        "saves=memory&phase=inference&topic=algorithms/inference/key-value-cache",
        "topic=algorithms/inference/long-context&topic=systems/cloud-serving/memory-saving",
    ),
    _question(
        "How do I run a model on a phone?",
        "A phone has little memory, slow flash and a battery. These works save one of them, or time, while "
        "the model runs, and their authors ran it on phones or tablets.",
        "saves=memory&saves=latency&saves=energy&saves=storage&phase=inference&hardware=mobile",
    ),
    _question(
        "How do I generate images in a few steps?",
        "A diffusion model runs its network once for every step. These works on diffusion cut steps or the "
        "cost of each.",
        "saves=latency&saves=compute&saves=throughput&phase=inference&topic=architectures/diffusion",
    ),
    _question(
        "How do I train across slow links?",
        "Machines wait for each other when they swap gradients, weights or activations. These works move "
        "fewer bytes in training, or hide the waiting.",
        "saves=communication&phase=pre-training&phase=fine-tuning&phase=training",
    ),
    _question(
        "How do I compress a model without any data?",
        "These works of model compression need no examples, no labels, no teacher and no training.",
        "saves=memory&saves=compute&saves=latency&saves=storage&saves=parameters",
        "topic=algorithms/model-compression&not-needs=calibration-data&not-needs=labelled-data",
        f"not-needs=teacher-model&{_TRAINING}&not-needs=unknown",
    ),
)
"""Questions to start from; one without an answer in the data is not shown."""


def question_views(base: KnowledgeBase) -> tuple[QuestionView, ...]:
    """Return the questions that the data answers, each opening explore with the answers grouped by topic."""
    found = [(question, len(matching(base, question.choice))) for question in QUESTIONS]
    return tuple(
        QuestionView(q.text, q.reason, query, f"{EXPLORE}?{query}&group=topic", count)
        for q, count in found
        if count
        for query in (q.choice.query(),)
    )
