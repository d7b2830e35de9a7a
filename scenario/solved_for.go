package scenario

import "github.com/edgeofcare/edgeofcare/model"

// solvedFor is what a value was chosen to give, beside the value:
//
//	solved for: {case: medium, measure: internal rate of return, result: 8%}
const solvedFor = "solved for"

// solvedFor checks what a value was solved for. What it says is taken from the
// document with the rest of the evidence.
func (d *decoder) solvedFor(c cursor) {
	f := c.fields("case", "measure", "result")
	f.need("measure", want{"which result the value was chosen to give", "internal rate of return"}).text()
	f.need("result", want{"what that result is", "8%"}).text()
	if of := f.may("case"); of.given() {
		of.name(d.cases)
	}
}

// solution reads what the value in a block was solved for; nil if it does not
// say, or not in full.
func (n *node) solution() *model.SolvedFor {
	block, ok := n.entry(solvedFor)
	if !ok {
		return nil
	}
	text := func(name string) string {
		if e, ok := block.value.entry(name); ok && e.value.kind == scalar {
			return e.value.text
		}
		return ""
	}
	s := &model.SolvedFor{Case: text("case"), Measure: text("measure"), Result: text("result")}
	if s.Measure == "" || s.Result == "" {
		return nil
	}
	return s
}
