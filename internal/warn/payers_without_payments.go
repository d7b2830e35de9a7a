package warn

import (
	"github.com/edgeofcare/edgeofcare/internal/words"
)

// payersWithoutPayments warns of payers listed by name who pay nothing although
// something is paid.
func (v *version) payersWithoutPayments() {
	l, paid := v.central, sums(v.central).payments
	if paid == 0 {
		return
	}
	for payer, name := range l.Payers[:len(l.Payers)-len(l.Shape.Commissioners)] {
		part := 0.0
		for c := range l.Shape.Commissioners {
			part += pounds(l.PaymentsOf(payer, c))
		}
		if part == 0 {
			v.warn("payer without payments", "payers."+name, paid,
				"%s is listed among the payers and pays nothing of %s: look at its share and the dates of it, at whose claims it shares in and at its cap", quoted(name), words.Pounds(paid))
		}
	}
}
