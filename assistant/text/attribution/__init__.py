"""An article's text in; what is said in it, where and by whom, out. None where it does not say.

Rules for English newswire; no model. Begin with `attributions.py`; `cues` and `first_names` hold
the words, `clauses` and `source_phrases` read a sentence, `resolve_speaker` says whom a phrase
means, `people` who is who, `appositions` and `offices` what stands beside a name.
"""
