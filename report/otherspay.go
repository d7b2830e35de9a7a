package report

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// A council's saving is after its own payments alone, and the saving of all after all
// payments. What the other payers pay lies between the two, and stands between them
// wherever both are shown.

// othersPay is the label of what payers other than the councils pay, taken off; empty
// if there are none.
func othersPay(p *model.Programme) string {
	others := outsidePayers(p)
	if len(others) == 0 {
		return ""
	}
	return "less payments by " + words.And(others)
}

// paidByOthers is what payers other than the councils pay: in the central projection
// and on average.
func paidByOthers(r *montecarlo.Result) (central, mean float64) {
	for _, payer := range outsidePayers(r.Version.Programme) {
		if s, ok := r.Totals.Of(montecarlo.Payments, payer); ok {
			central, mean = central+s.Central, mean+s.Mean
		}
	}
	return central, mean
}

// ofCouncils reports whether a measure of councils is after their own payments alone.
func ofCouncils(name string) bool {
	return name == montecarlo.NetSaving || name == montecarlo.OwnNetCashable
}

// betweenCouncilsAndAll says what lies between the savings of councils, which an
// explanation has, and the measure of all together; empty if nothing does.
func betweenCouncilsAndAll(e *montecarlo.Explanation, b *montecarlo.Basis) string {
	others := outsidePayers(b.Version.Programme)
	all := map[string]string{montecarlo.NetSaving: montecarlo.NetPublic, montecarlo.OwnNetCashable: montecarlo.NetCashable}[e.Name]
	if all == "" || len(others) == 0 {
		return ""
	}
	paid := int64(0)
	for _, name := range others {
		for c := range b.Ledger.Shape.Commissioners {
			for _, pence := range b.Ledger.PaymentsOf(slices.Index(b.Ledger.Payers, name), c) {
				paid += pence
			}
		}
	}
	return "Each is after the council's own payments alone. All together, less the " + words.Pounds(float64(paid)/100) + " that " + words.And(others) + " pays as well, they are the " + all + "."
}
