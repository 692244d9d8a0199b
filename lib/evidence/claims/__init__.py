"""Outcome claims: what a text says got better or was achieved.

Each has a `kind`, what its metric is of:

- crime, accident, dispute, time: better when lower (crimes, fires and harm, quarrels and complaints, time taken)
- solved, settled, averted: deeds against these (cases and suspects, disputes, losses and hazards), and their rates
- perception: what people say or how they are rated (safety, satisfaction, indices of safety, appraisals)
- capability: what the police can do (efficiency, skills), order: the state of public order
- honour, rank, rollout, praise: awards; an honour given, a place in a ranking, a model for others, words from above
"""
