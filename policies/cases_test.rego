# The tables of `cases/`, cell by cell; `npm run policies:test` makes `data.cells` and `data.answers` from them.
# Without it there are none.
package cases_test

import data.paceline

test_cases if count(differing) == 0

# By the number of the question and of the thing in it; an answer is one of `data.answers`.
differing contains [at, i] if {
	some at, question in data.cells
	answers := paceline.decisions with input as question.input
	some i, expected in question.expected
	not isAsExpected(answers, i, data.answers[expected])
}

isAsExpected(answers, i, expected) if {
	answer := answers[i]
	answer.allowed == expected.allowed
	answer.revealed == expected.revealed
	sort(answer.rules) == expected.rules
	sort(answer.withheld) == expected.withheld
}
