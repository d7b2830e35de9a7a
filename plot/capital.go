package plot

import (
	"fmt"
	"slices"

	"gonum.org/v1/plot/vg"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// The kinds of input that figures of capital depend on in addition to payments.
var (
	costsOfDelivery = kind{"delivery costs", []string{
		"delivery.scale", "delivery.mobilisation", "delivery.fixed per quarter", "delivery.per referral", "delivery.per start",
		"delivery.per case week", "delivery.wind-up", "delivery.fees", "delivery.uplift",
	}, false}
	whenClaimsArePaid = kind{"payment terms and disallowed claims", []string{"delivery.claims paid after", "delivery.disallowed"}, false}
	commitments       = kind{"investors' commitments", []string{"facility.investors.*"}, false}
	termsOfFacility   = kind{"terms of the facility", []string{
		"facility.draw", "facility.draws until", "facility.tranches", "facility.recycling", "facility.interest",
		"facility.preferred return", "facility.reserve", "facility.repay from",
	}, false}
	hurdles = kind{"the hurdle", []string{"facility.hurdle"}, false}

	whatWasFinanced = slices.Concat([]kind{costsOfDelivery, whenClaimsArePaid}, whatWasPaid)
	whatWasDrawn    = slices.Concat([]kind{costsOfDelivery, whenClaimsArePaid, commitments, termsOfFacility}, whatWasPaid)
)

// financed returns why a chart of capital cannot be drawn of results.
func financed(results []*montecarlo.Result) error {
	for _, r := range results {
		if _, ok := r.Totals.Of(montecarlo.CapitalRequirement); !ok {
			return noCapital(r.Version)
		}
	}
	return nil
}

func noCapital(v *scenario.Version) error {
	return fmt.Errorf("plot: the result of %s has no figures of capital: %w", v.Label(), finance.ErrNoDelivery)
}

// same reports whether a term of the contract is the same in all results.
func same[T comparable](results []*montecarlo.Result, term func(*model.Programme) T) bool {
	return !slices.ContainsFunc(results, func(r *montecarlo.Result) bool {
		return term(r.Version.Programme) != term(results[0].Version.Programme)
	})
}

// committed is the sum of investors' commitments in £, 0 if there are none.
func committed(p *model.Programme) float64 {
	pounds, _ := commitment(p)
	return pounds
}

// commitment returns the sum of investors' commitments in £, and whether there are
// any: a facility without investors has no limit.
func commitment(p *model.Programme) (pounds float64, ok bool) {
	if p.Facility == nil {
		return 0, false
	}
	for _, i := range p.Facility.Investors {
		pounds += i.Commitment.InexactFloat64()
	}
	return pounds, len(p.Facility.Investors) > 0
}

// tall returns the height of a figure with so many rows of text in a plot; 0, for
// the default height, if they fit into that.
func tall(rows int) vg.Length {
	// At half its size a figure is laid out at 0.7 of its height, and the frame
	// takes this much of it.
	const frame, row, laidOut = 130, 11.5, 0.7
	if height := (frame + row*vg.Length(rows)) / laidOut; height > defaultHeight {
		return height
	}
	return 0
}
