package warn

import (
	"github.com/edgeofcare/edgeofcare/internal/words"
)

// freeToACouncil warns of councils that pay nothing themselves while others pay for
// their children: their net saving is then their gross saving, as if nobody paid.
func (v *version) freeToACouncil() {
	l := v.central
	first := len(l.Payers) - len(l.Shape.Commissioners) // of the councils among the payers
	var councils []string
	all := 0.0
	for c, name := range l.Shape.Commissioners {
		own, others := 0.0, 0.0
		for claims := range l.Shape.Commissioners {
			own += pounds(l.PaymentsOf(first+c, claims))
		}
		for payer := range first {
			others += pounds(l.PaymentsOf(payer, c))
		}
		if own == 0 && others > 0 {
			councils = append(councils, name)
			all += others
		}
	}
	if len(councils) == 0 {
		return
	}
	v.warn("free to a council", "payers", all,
		"%s %s nothing here, and others pay %s for %s children: the net saving shown for %s is as if the programme were free, so do not read it as a saving to the public. Give a council its share under payers as commissioner or under its own name, if it pays any of this",
		words.And(councils), verb(len(councils), "pays", "pay"), words.Pounds(all), verb(len(councils), "its", "their"), verb(len(councils), "it", "them"))
}
