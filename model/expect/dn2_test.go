package expect_test

import (
	"math"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// dn2Case is what differs from one case of DN2 to another, in the order of the
// metrics M1 to M4.
type dn2Case struct {
	name     string
	children [4]float64
	start    [4]float64 // start probability
	failure  [4]float64 // a week
	ramp     [4]int     // weeks
	first    [4]int     // week of referral
}

func dn2Cases() []dn2Case {
	mix := func(children, m1, m2, m3, m4 float64) [4]float64 {
		return [4]float64{children * m1, children * m2, children * m3, children * m4}
	}
	return []dn2Case{
		{"base", mix(243, .22, .38, .17, .23), [4]float64{.60, 1, .70, .95}, [4]float64{.0093, .0063, .0114, .0039}, [4]int{1: 13}, [4]int{1: 14}},
		{"low", mix(198, .22, .38, .17, .23), [4]float64{.40, .95, .50, .90}, [4]float64{.0150, .0095, .0160, .0075}, [4]int{52, 52, 52, 52}, [4]int{}},
		{"medium", mix(258, .25, .34, .18, .23), [4]float64{.75, 1, .80, .95}, [4]float64{.006, .005, .008, .004}, [4]int{26, 26, 26, 26}, [4]int{}},
		{"high", [4]float64{88, 88, 59, 69}, [4]float64{.95, 1, .95, 1}, [4]float64{.003, .003, .004, .002}, [4]int{13, 13, 13, 13}, [4]int{}},
	}
}

// dn2 is the DN2 Children's Services Social Impact Bond, as assumed for one case.
func dn2(c dn2Case) *model.Programme {
	p := dn2Frame()
	cohorts := []model.Cohort{
		{StartState: "residential", PlannedState: "foster, planned", Lag: 26, Failure: fails("residential", .7, "foster", .3)},
		{StartState: "foster", PlannedState: "foster, planned", Lag: 2, Failure: fails("residential", .7, "foster", .3)},
		{StartState: "foster", PlannedState: "home, planned", Lag: 13, Failure: fails("foster", .75, "residential", .25)},
		{StartState: "edge of care", PlannedState: "edge of care, supported", Lag: 13, Failure: fails("foster", .6, "residential", .4)},
	}
	cohorts[1].Background = map[string]markov.Row{"foster": always(markov.Move{To: "residential", Probability: .010})}
	for i := range cohorts {
		cohorts[i].Name = p.Contract.Metrics[i].Cohorts[0]
		cohorts[i].Referrals = model.Referrals{Children: c.children[i], First: c.first[i], Last: 207, Ramp: c.ramp[i]}
		cohorts[i].StartProbability = c.start[i]
		cohorts[i].Tracking = 104
		for m := range cohorts[i].Failure[0].Moves {
			cohorts[i].Failure[0].Moves[m].Probability *= c.failure[i]
		}
	}
	p.Cohorts = cohorts
	return p
}

// dn2Frame is DN2 without cohorts.
func dn2Frame() *model.Programme {
	p := &model.Programme{
		Name: "dn2", Start: calendar.NewDate(2020, 10, 1), Weeks: 313,
		Commissioners: []model.Commissioner{
			{Name: "Nottinghamshire", ReferralShare: .40}, {Name: "Nottingham", ReferralShare: .3255}, {Name: "Derby", ReferralShare: .2745},
		},
		States: append(model.DefaultStates(),
			model.State{Name: "foster, planned", Parent: "foster"},
			model.State{Name: "home, planned", Parent: "reunified"},
			model.State{Name: "edge of care, supported", Parent: "edge of care"}),
		Background: map[string]markov.Row{
			"foster":       always(markov.Move{To: "residential", Probability: .002}, markov.Move{To: "reunified", Probability: .003}),
			"residential":  always(markov.Move{To: "foster", Probability: .004}, markov.Move{To: "reunified", Probability: .002}),
			"reunified":    always(markov.Move{To: "foster", Probability: .003}, markov.Move{To: "residential", Probability: .0013}),
			"edge of care": always(markov.Move{To: "foster", Probability: .0048}, markov.Move{To: "residential", Probability: .0032}),
		},
		Ages: model.Ages{From: 10, To: 17},
		UnitCosts: []contract.UnitCost{
			cost("residential", 4000), cost("foster", 1000), cost("edge of care", 100), cost("reunified", 100),
		},
	}
	for i, metric := range []string{"M1", "M2", "M3", "M4"} {
		p.Contract.Metrics = append(p.Contract.Metrics, contract.Metric{
			Name: metric, Cohorts: []string{"children of " + metric},
			Trigger: &contract.FullWeeks{Window: 104, CapPerChild: 104},
			Tariff:  contract.Tariff{Amount: decimal.NewFromInt([]int64{500, 450, 350, 295}[i])},
		})
	}
	p.Contract.Payers = commissionersPay()
	return p
}

func always(moves ...markov.Move) markov.Row { return markov.Row{{Moves: moves}} }

// fails is a row of failure that leads to two states in the shares given, to
// be multiplied by the weekly probability of failing.
func fails(a string, shareA float64, b string, shareB float64) markov.Row {
	return always(markov.Move{To: a, Probability: shareA}, markov.Move{To: b, Probability: shareB})
}

func cost(state string, pounds int64) contract.UnitCost {
	return contract.UnitCost{State: state, PerWeek: decimal.NewFromInt(pounds)}
}

func commissionersPay() []contract.Payer {
	return []contract.Payer{{Name: contract.ClaimingCommissioner, Shares: []contract.DatedShare{{Share: decimal.NewFromInt(1)}}}}
}

func TestDN2(t *testing.T) {
	want := map[string]struct{ weeks, claims, avoided, persisting float64 }{
		"base":   {13857, 5560087, 9039194, 10606368},
		"low":    {8560, 3416428, 3124231, 2948198},
		"medium": {16151, 6544531, 13307779, 16071212},
		"high":   {23050, 9385450, 24303240, 31034408},
	}
	for _, c := range dn2Cases() {
		t.Run(c.name, func(t *testing.T) {
			p := dn2(c)
			e, err := expect.Of(p)
			require.NoError(t, err)
			ledger, err := model.Price(p, e.Counts, contract.Constant)
			require.NoError(t, err)
			tracking := avoided(ledger, contract.Tracking)

			require.InDelta(t, want[c.name].weeks, sum(e.Counts.Units), .5, "paid weeks")
			near(t, want[c.name].claims, pounds(ledger.Claims), "£ before the cap")
			near(t, want[c.name].avoided, tracking, "avoided in the tracking window")
			near(t, want[c.name].persisting, tracking+avoided(ledger, contract.AfterTracking), "avoided if effects persist")
		})
	}
}

func TestDN2BaseByCohort(t *testing.T) {
	p := dn2(dn2Cases()[0])
	e, err := expect.Of(p)
	require.NoError(t, err)
	ledger, err := model.Price(p, e.Counts, contract.Constant)
	require.NoError(t, err)
	toJune2024 := unitsUntil(e.Counts, calendar.NewQuarter(2024, 2))

	for i, want := range []struct{ weeks, toJune2024, avoided float64 }{
		{1713, 1061, 4.28}, {6667, 4553, 2.47}, {1592, 1089, 1.04}, {3884, 2540, 1.25},
	} {
		require.InDelta(t, want.weeks, p.Cohorts[i].Referrals.Children*e.PerChild[i].Mean, .5)
		require.InDelta(t, want.toJune2024, toJune2024[i], .5)
		require.InDelta(t, want.avoided, avoidedBy(ledger, contract.Tracking, i)/1e6, .005)
	}
	paid := 0.0
	for m := range p.Contract.Metrics {
		for k := range p.Commissioners {
			paid += pounds(ledger.Claims[ledger.Shape.Row(m, k)*len(ledger.Shape.Quarters):][:5]) // Q3 2020/21 to Q3 2021/22
		}
	}
	require.InDelta(t, 373700, paid, 500)
}

// near compares pounds to within 0.001%.
func near(t *testing.T, want, got float64, what string) {
	t.Helper()
	require.InDelta(t, want, got, math.Abs(want)*1e-5, what)
}

func sum(xs []float64) (total float64) {
	for _, x := range xs {
		total += x
	}
	return total
}

func pounds(pence []int64) float64 {
	total := int64(0)
	for _, x := range pence {
		total += x
	}
	return float64(total) / 100
}

// avoided is the cost of care without the programme less that with it, in £.
func avoided(l *contract.Ledger, w contract.Window) (total float64) {
	for c := range l.Shape.Cohorts {
		total += avoidedBy(l, w, c)
	}
	return total
}

func avoidedBy(l *contract.Ledger, w contract.Window, cohort int) (total float64) {
	for k := range l.Shape.Commissioners {
		total += pounds(l.CostsOf(w, contract.Counterfactual, cohort, k)) - pounds(l.CostsOf(w, contract.Intervention, cohort, k))
	}
	return total
}

// unitsUntil returns the units of every metric up to a quarter and with it.
func unitsUntil(c *contract.Expected, last calendar.Quarter) []float64 {
	units := make([]float64, len(c.Shape.Metrics))
	for m := range units {
		for k := range c.Shape.Commissioners {
			for q, quarter := range c.Shape.Quarters {
				if quarter <= last {
					units[m] += c.UnitsOf(m, k)[q]
				}
			}
		}
	}
	return units
}
