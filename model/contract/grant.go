package contract

import (
	"errors"
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/located"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// noGrant stands for a quarter without a grant; £0 is a grant.
const noGrant = -1

// grants are the amounts that replace the claims of whole quarters.
type grants struct {
	amount []int64 // pence by quarter
	pays   []int64 // by metric × commissioner: 1 if the metric pays for the commissioner's children
}

func newGrants(t Terms, s *Shape, index PriceIndex, in Prices) (grants, error) {
	var faults []error
	var g grants
	for range s.Quarters {
		g.amount = append(g.amount, noGrant)
	}
	for _, given := range t.Grants {
		at := "grants." + given.Quarter.String()
		_, err := pence(given.Amount)
		faults = append(faults, located.Within(at, err), located.Within(at, yearly(given.Indexation.Decimal)))
		amount, err := index.Amount(given.Amount.Shift(2), given.Indexation, in, given.Quarter.FinancialYear())
		faults = append(faults, located.Within(at, err))
		q := slices.Index(s.Quarters, given.Quarter)
		switch {
		case q < 0:
			faults = append(faults, located.At(at, "it is not a quarter of the programme: %s", between(s.Quarters)))
		case g.amount[q] != noGrant:
			faults = append(faults, located.At(at, "there are two grants for the quarter: write one"))
		case len(t.Metrics) == 0:
			faults = append(faults, located.At(at, "there is no metric to share the grant over: a grant needs at least one"))
		default:
			g.amount[q] = capPence(amount)
		}
	}
	for _, m := range t.Metrics {
		for _, commissioner := range s.Commissioners {
			weight := int64(0)
			if m.paysFor(commissioner) {
				weight = 1
			}
			g.pays = append(g.pays, weight)
		}
	}
	return g, errors.Join(faults...)
}

// between says which quarters are allowed.
func between(quarters []calendar.Quarter) string {
	if len(quarters) == 0 {
		return "there are none"
	}
	return fmt.Sprintf("they run from %s to %s", quarters[0], quarters[len(quarters)-1])
}

// grant puts the grant of a quarter in the place of what the metric caps left
// of its claims, in proportion to that, by largest remainder. If nothing is
// left, every line gets the same whose metric pays for the commissioner's
// children. Ties go by name of metric, then of commissioner.
func (p *Pricer) grant(into *Ledger, q int) {
	quarters, lines, claimed := len(p.shape.Quarters), p.work.lines, int64(0)
	for n, line := range lines {
		p.work.weights[n] = into.Allowed[line*quarters+q]
		claimed += p.work.weights[n]
	}
	if claimed == 0 {
		for n, line := range lines {
			p.work.weights[n] = p.grants.pays[line]
		}
	}
	into.Grants[q] = p.grants.amount[q]
	apportion(into.Grants[q], p.work.weights[:len(lines)], p.work.parts, p.work.remainders)
	for n, line := range lines {
		into.Allowed[line*quarters+q] = p.work.parts[n]
	}
}
