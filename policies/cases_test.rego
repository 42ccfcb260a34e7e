# The tables of `cases/`, cell by cell; `npm run policies:test` makes `data.cells` from them. Without it there are none.
package cases_test

import data.paceline

test_cases if count(differing) == 0

differing contains cell if {
	some question in data.cells
	answers := paceline.decisions with input as question.input
	some i, expected in question.expected
	cell := question.names[i]
	not isAsExpected(answers, i, expected)
}

isAsExpected(answers, i, expected) if {
	answer := answers[i]
	answer.allowed == expected.allowed
	answer.revealed == expected.revealed
	answer.rules == {rule | some rule in expected.rules}
	answer.withheld == {field | some field in expected.withheld}
}
