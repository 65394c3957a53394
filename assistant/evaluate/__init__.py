"""From questions with known answers to figures: finding, quoting, refusing, exactness, seconds.

questions reads what is asked; indexing builds the store once; running asks and keeps each result;
figures counts, with intervals; comparing pairs two runs; report and plots make the page.
attribution is a measure of its own: is the speaker of a marked quotation found?
"""
