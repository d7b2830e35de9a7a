package scenario

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// An amount in £ that an edit has multiplied is rounded to the penny, half away from
// zero, as a file may hold no less: £295 × 0.777 is £229.22. What is an amount is
// known when the programme is read, so it is rounded there, and the change then says
// what was read.

// multiple is a node that an edit multiplied, and which change it is.
type multiple struct {
	node   *node
	change int
}

// inPence rounds an amount that was multiplied to the penny, and with it the numbers
// of the law that stands beside it.
func (c cursor) inPence() cursor {
	if !c.given() || c.n.kind != scalar || c.n.set == nil || !c.n.set.product {
		return c
	}
	c.n.text = toThePenny(c.n.text)
	if law, _ := c.lawBeside(); law != nil {
		law.value.text = quantityIn.ReplaceAllStringFunc(law.value.text, toThePenny)
		for i := range law.value.entries { // of a list, whose weights stay
			law.value.entries[i].name = toThePenny(law.value.entries[i].name)
		}
	}
	return c
}

// toThePenny rounds a number; any other text stays.
func toThePenny(text string) string {
	bare, _ := words.AmountIn(text)
	amount, err := decimal.NewFromString(bare)
	if err != nil {
		return text
	}
	return strings.TrimSuffix(strings.TrimSpace(text), bare) + amount.Round(2).String()
}

// settle writes into the changes what became of the numbers that were multiplied and
// of how well they are known.
func (e *editor) settle() {
	for _, p := range e.products {
		e.changes[p.change].After, e.changes[p.change].KnownAfter = p.node.inline(), p.node.known()
	}
}
