package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// The words on which everything else hangs follow the register alone.
func TestWhereDeliveryCostsComeFrom(t *testing.T) {
	with := func(all ...model.Status) *scenario.Version {
		p := &model.Programme{Name: "x", Register: []model.Input{{Path: "contract cap", Status: model.Assumed}}}
		for _, s := range all {
			p.Register = append(p.Register, model.Input{Path: "delivery.per start", Status: s})
		}
		return &scenario.Version{Programme: p}
	}
	require.Equal(t, "assumed delivery costs", costsFrom(with(model.Published, model.Assumed)))
	require.Equal(t, "assumed delivery costs", costsFrom(with(model.Published), with(model.Assumed)))
	require.Equal(t, "published delivery costs", costsFrom(with(model.Published, model.Derived)))
	for _, unknown := range []*scenario.Version{with(), with(model.Unstated, model.Published)} {
		require.Contains(t, costsFrom(unknown), "without a stated source")
	}
	require.Contains(t, assumedNote(with(model.Assumed, model.Published)), "1 of the 2 inputs to delivery is assumed.")
	require.Contains(t, assumedNote(with(model.Assumed, model.Assumed, model.Published)), "2 of the 3 inputs to delivery are assumed.")
	require.Contains(t, assumedNote(with(model.Assumed, model.Assumed)), "All 2 inputs to delivery are assumed.")
	require.NotContains(t, assumedNote(with(model.Published)), "assumed")
}

// The order of repayment follows the terms.
func TestRepaymentInWords(t *testing.T) {
	p := template(t, "facility.reserve=1000", "facility.interest=4% real").Programme
	f := p.Facility
	f.Investors = []model.Investor{{Name: "A", Rank: 2}, {Name: "B", Provider: true}, {Name: "C", Rank: 2}}
	f.PreferredReturn.Yearly, f.ShortfallLast = 0.05, false
	require.Contains(t, repayment(f), "less a reserve of £1,000")
	require.Contains(t, repayment(f), "first to whoever met a shortfall (B), before the investors, and then to the investors in order of rank (B, then A with C)")
	require.Contains(t, repayment(f), "until they have back what they paid in, and then, in the same order, their preferred returns")
	require.Contains(t, repayment(f), "at the end of each quarter, like costs: interest to A of 4% a year (real), interest to B of 4% a year (real) and interest to C of")
	f.ShortfallLast = true
	require.Contains(t, repayment(f), "first to the investors in order of rank")
	require.Contains(t, repayment(f), "after the investors to whoever met a shortfall (B)")
	f.Covenants = []model.Covenant{{Name: "drawn", Then: model.StepIn, StepsIn: "Bank"}, {Name: "late", Then: model.SweepAll}}
	require.Contains(t, repayment(f), "to whoever met a shortfall (B, or Bank once it has stepped in)")
	f.Investors[1].Provider = false
	require.Contains(t, repayment(f), "to whoever met a shortfall (Bank once it has stepped in)")
	f.Covenants = append(f.Covenants, model.Covenant{Name: "low", Then: model.StepIn, StepsIn: "Council"})
	require.Contains(t, repayment(f), "to whoever met a shortfall (Bank or Council once one of them has stepped in)")
	f.Investors[1].Provider = true
	require.Contains(t, repayment(f), "to whoever met a shortfall (B, or Bank or Council once one of them has stepped in)")
	f.Covenants = nil
	// B, of rank 1, waits for a day; A and C, of rank 2, do not, and C has committed nothing.
	f.Investors[0].Commitment, f.Investors[1].Terms = decimal.NewFromInt(1), &model.Terms{RepaidOn: calendar.NewDate(2030, 5, 15)}
	require.Contains(t, repayment(f), "waits until 15 May 2030, when it is due before anything that has no day of its own, and nothing is set aside for it: until then cash repays A, of a lower rank.")
	f.Investors[0].Terms = &model.Terms{RepaidOn: calendar.NewDate(2030, 5, 15)}
	require.NotContains(t, repayment(f), "set aside")
	require.Contains(t, repayment(nil), "in proportion to what they are owed")
	low, high := &scenario.Version{Programme: p, Case: "low"}, &scenario.Version{Programme: p, Case: "high"}
	require.Len(t, repaymentNotes(low, high), 1)
	high.Programme = &model.Programme{}
	notes := repaymentNotes(low, high)
	require.Len(t, notes, 2)
	require.Contains(t, notes[1], "Order of repayment (high): ")
}

// A return that costs were solved for is no finding, and only a note says so.
func TestSolvedFor(t *testing.T) {
	solved := func(measure string) *model.SolvedFor {
		return &model.SolvedFor{Measure: measure, Result: "8%", Case: "middling"}
	}
	p := &model.Programme{Register: []model.Input{
		{Path: "delivery.per start", Status: model.Assumed, SolvedFor: solved("internal rate of return")},
		{Path: "contract cap", SolvedFor: solved("outcome payments")},
	}}
	v := &scenario.Version{Programme: p, Case: "low"}
	want := "In the middling case the internal rate of return is an input, not a result: the assumed delivery costs (delivery.per start) were solved for 8% in the central projection"
	require.Equal(t, []string{want + "."}, solvedNotes(v, v))
	p.Register = append(p.Register, model.Input{Path: "delivery.scale", By: "edit"}, model.Input{Path: "delivery.uplift", By: "low"})
	require.Equal(t, []string{want + "; that holds no longer, because terms of delivery or of the facility have been changed by an edit."}, solvedNotes(v))
	p.Register[0].SolvedFor.Case = ""
	require.True(t, strings.HasPrefix(solvedNotes(v)[0], "The internal rate of return is an input, not a result: "))
	p.Register = p.Register[1:]
	require.Empty(t, solvedNotes(v))
}

// Every amount that a programme states for delivery and capital can be read in
// words.
func TestTermsInWords(t *testing.T) {
	v := template(t, "capacity={starts per quarter: 7, lapse after: 26 weeks}", "delivery.uplift=3%", "delivery.disallowed=2%",
		"facility.interest=4.25% real", "facility.reserve=1234.5", "facility.draws until=2029-03-31", "facility.recycling=no")
	p := v.Programme
	text := strings.Join(strings.Fields(printed(t, Programme(v)...)), " ")
	for _, want := range []string{
		"at most 7 children can start in a quarter; the others wait for up to 26 weeks", "3% each 1 April", "less 2% that is never received",
		"4.25% a year", "£1,234.50", "until 31 March 2029", "every cost is drawn", ", rank 2", "finds the money for a shortfall",
		fmt.Sprintf("over the last %d months before the start", p.Delivery.MobilisationMonths), "pays up to",
	} {
		require.Contains(t, text, want)
	}
	p.Delivery, p.Facility = nil, nil
	require.NotContains(t, printed(t, Programme(v)...), "Committed in all")
}
