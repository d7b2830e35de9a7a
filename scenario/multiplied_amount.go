package scenario

import "github.com/shopspring/decimal"

// An amount in £ that an edit has multiplied is rounded to the penny, half away from
// zero, as a file may hold no less: £295 × 0.777 is £229.22. What is an amount is
// known when the programme is read, so it is rounded there, and the change then says
// what was read.

// multiple is a node that an edit multiplied, and which change it is.
type multiple struct {
	node   *node
	change int
}

// inPence rounds an amount that was multiplied to the penny.
func (c cursor) inPence() cursor {
	if c.given() && c.n.kind == scalar && c.n.set != nil && c.n.set.product {
		if amount, err := decimal.NewFromString(c.n.text); err == nil {
			c.n.text = amount.Round(2).String()
		}
	}
	return c
}

// settle writes into the changes what became of the numbers that were multiplied.
func (e *editor) settle() {
	for _, p := range e.products {
		e.changes[p.change].After = p.node.text
	}
}
