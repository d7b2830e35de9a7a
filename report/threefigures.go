package report

import "github.com/edgeofcare/edgeofcare/internal/words"

// threeFigures is an amount to three significant figures, as a first page has it.
func threeFigures(pounds float64) Cell {
	text, decimals := words.ThreeFigures(pounds)
	return Cell{Text: text, Value: &pounds, Unit: unitPounds, Decimals: decimals}
}

// betweenThree is a range of amounts to three significant figures each: "-£3.52m to
// £9.74m".
func betweenThree(low, high float64) Cell {
	from, to := threeFigures(low), threeFigures(high)
	return Cell{Text: from.Text + " to " + to.Text, Low: &low, High: &high, Unit: unitPounds, Decimals: min(from.Decimals, to.Decimals)}
}
