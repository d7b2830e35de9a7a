package montecarlo

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
	"github.com/edgeofcare/edgeofcare/model/markov"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Black-box checks: change one input of DN2 and know the answer without running
// anything. There is no £ cap unless the check says so.

const few = 60 // replications

// free is DN2's base case without a contract cap.
func free(t *testing.T) *model.Programme {
	p := programmes.DN2(t, "base")
	p.Contract.Cap = decimal.NullDecimal{}
	return p
}

// asVersion is a programme that no file stands behind as a version by a name.
func asVersion(p *model.Programme, name ...string) *scenario.Version {
	return &scenario.Version{Programme: p, Case: strings.Join(name, "")}
}

func result(t *testing.T, p *model.Programme, change ...func(*Options)) *Result {
	t.Helper()
	o := Options{Seed: 11, Replications: few}
	for _, c := range change {
		c(&o)
	}
	r, err := Run(context.Background(), asVersion(p), o)
	require.NoError(t, err)
	require.NotContains(t, kinds(r), disagrees)
	return r
}

func kinds(r *Result) []WarningKind {
	var all []WarningKind
	for _, w := range r.Warnings {
		all = append(all, w.Kind)
	}
	return all
}

// values is a total in every replication.
func values(t *testing.T, r *Result, name, of string) []float64 {
	t.Helper()
	v := r.Values(name, of)
	require.NotNil(t, v, "%s %s", name, of)
	return v
}

// requireAll requires a total to be the same number in every replication and in
// the central projection.
func requireAll(t *testing.T, r *Result, want float64, name, of string) {
	t.Helper()
	for i, v := range values(t, r, name, of) {
		require.Equal(t, want, v, "%s %s, replication %d", name, of, i)
	}
	s, ok := r.Totals.Of(name, of)
	require.True(t, ok)
	require.InDelta(t, want, s.Central, 0.01)
}

// requireScaled requires a total to be factor times another's in every
// replication.
func requireScaled(t *testing.T, from, to *Result, factor float64, name string) {
	t.Helper()
	before := values(t, from, name, "")
	for i, v := range values(t, to, name, "") {
		require.InDelta(t, factor*before[i], v, 1e-6, "%s, replication %d", name, i)
	}
}

// rows are all values of a result's first n replications, as recorded.
func rows(r *Result, n int) (all [][]float64) {
	for i := range n {
		all = append(all, r.run.values.row(i, make([]float64, len(r.run.centre))))
	}
	return all
}

func requireSame(t *testing.T, a, b *Result) {
	t.Helper()
	require.Equal(t, a.Totals, b.Totals)
	require.Equal(t, a.Probabilities, b.Probabilities)
	require.Equal(t, a.Quarterly, b.Quarterly)
	require.Equal(t, a.Yearly, b.Yearly)
	require.Equal(t, rows(a, a.Conventions.Replications), rows(b, b.Conventions.Replications))
}

func TestBlackBoxInterventionEqualsCounterfactual(t *testing.T) {
	p := free(t)
	for i := range p.Cohorts {
		c := &p.Cohorts[i]
		c.StartState = p.States[slices.IndexFunc(p.States, func(s model.State) bool { return s.Name == c.PlannedState })].Parent
		c.Failure = p.BackgroundOf(c)[c.StartState]
	}
	r := result(t, p)
	for _, cohort := range r.run.sheet.shape.Cohorts {
		requireAll(t, r, 0, Avoided, cohort)
		requireAll(t, r, 0, AvoidedToEnd, cohort)
	}
	started, _ := r.Totals.Of(Started)
	require.Positive(t, started.Mean)
}

func TestBlackBoxUnitCostsZero(t *testing.T) {
	p := free(t)
	before := result(t, p)
	for i := range p.UnitCosts {
		p.UnitCosts[i].PerWeek = decimal.Zero
	}
	r := result(t, p)
	for _, name := range []string{Avoided, AvoidedToEnd, Cashable, valueAvoided} {
		requireAll(t, r, 0, name, "")
	}
	for _, arm := range contract.Arms() {
		cost, ok := r.Totals.Of(careCost, "", arm.String())
		require.True(t, ok)
		require.Zero(t, cost.Mean)
	}
	requireScaled(t, before, r, 1, Payments)
}

func TestBlackBoxUnitCostsDoubled(t *testing.T) {
	p := free(t)
	before := result(t, p)
	for i := range p.UnitCosts {
		p.UnitCosts[i].PerWeek = p.UnitCosts[i].PerWeek.Mul(decimal.NewFromInt(2))
	}
	after := result(t, p)
	requireScaled(t, before, after, 2, Avoided)
	requireScaled(t, before, after, 2, AvoidedToEnd)
	requireScaled(t, before, after, 1, Payments)
}

func TestBlackBoxTariffsZero(t *testing.T) {
	p := free(t)
	retariff(p, 0)
	r := result(t, p)
	requireAll(t, r, 0, Payments, "")
	require.Equal(t, values(t, r, Avoided, ""), values(t, r, NetPublic, ""))
	require.Contains(t, kinds(r), noPayments)
}

func TestBlackBoxTariffsDoubled(t *testing.T) {
	p := free(t)
	before := result(t, p)
	retariff(p, 2)
	requireScaled(t, before, result(t, p), 2, Payments)
}

func retariff(p *model.Programme, factor int64) {
	for i := range p.Contract.Metrics {
		tariff := &p.Contract.Metrics[i].Tariff
		tariff.Amount = tariff.Amount.Mul(decimal.NewFromInt(factor))
	}
}

func TestBlackBoxCap(t *testing.T) {
	uncapped := result(t, free(t))
	claims := running(uncapped)
	for _, limit := range []float64{0, 4_000_000.37, 1e9} {
		p := free(t)
		p.Contract.Cap = decimal.NewNullDecimal(decimal.NewFromFloat(limit))
		r := result(t, p)
		paid := running(r)
		for i := range paid {
			for q := range paid[i] {
				require.InDelta(t, min(claims[i][q], limit), paid[i][q], 0.001, "cap %v, replication %d, quarter %d", limit, i, q)
			}
		}
		central, _ := r.Totals.Of(Payments)
		without, _ := uncapped.Totals.Of(Payments)
		require.InDelta(t, min(limit, without.Central), central.Central, 0.001)
	}
}

// running is cumulative payments by replication and quarter, in £.
func running(r *Result) [][]float64 {
	var all [][]float64
	for _, c := range r.run.columns {
		if c.period != quarterly || c.Name != Payments || c.Of != "" {
			continue
		}
		for _, row := range rows(r, r.Conventions.Replications) {
			var series []float64
			total := 0.0
			for _, v := range row[c.at:][:c.width] {
				total += v / 100
				series = append(series, total)
			}
			all = append(all, series)
		}
	}
	return all
}

func TestBlackBoxOneCohortWithoutReferrals(t *testing.T) {
	p := free(t)
	before := result(t, p)
	gone := p.Cohorts[1].Name
	p.Cohorts[1].Referrals.Children = 0
	after := result(t, p)
	requireAll(t, after, 0, Referred, gone)
	requireAll(t, after, 0, Avoided, gone)
	for i, c := range p.Cohorts {
		if i != 1 {
			require.Equal(t, values(t, before, Avoided, c.Name), values(t, after, Avoided, c.Name))
			require.Equal(t, values(t, before, Claims, p.Contract.Metrics[i].Name), values(t, after, Claims, p.Contract.Metrics[i].Name))
		}
	}
}

func TestBlackBoxReferralsDoubled(t *testing.T) {
	p := free(t)
	before := result(t, p)
	for i := range p.Cohorts {
		p.Cohorts[i].Referrals.Children *= 2
	}
	after := result(t, p)
	for _, name := range []string{Referred, PaidUnits, Claims, Avoided} {
		a, _ := before.Totals.Of(name)
		b, _ := after.Totals.Of(name)
		require.InDelta(t, 2*a.Central, b.Central, 1, name)
		require.InDelta(t, 2*a.Mean, b.Mean, 5*math.Hypot(2**a.StdErr, *b.StdErr)+1e-9, name)
	}
}

func TestBlackBoxNoMoves(t *testing.T) {
	p := free(t)
	p.Ages = model.Ages{}
	p.Background = nil
	for i := range p.Cohorts {
		c := &p.Cohorts[i]
		c.Background, c.Failure, c.StartProbability = nil, nil, 1
		c.Referrals = model.Referrals{Children: 7, First: 20, Last: 20}
	}
	r := result(t, p)
	for i, c := range p.Cohorts {
		requireAll(t, r, 7*104, PaidUnits, p.Contract.Metrics[i].Name)
		lived, _ := r.Totals.Of(livedIn, c.StartState, "counterfactual")
		require.Positive(t, lived.Mean)
	}
	// 7 children in residential for 293 weeks without the programme.
	lived, _ := r.Totals.Of(livedIn, "residential", "counterfactual")
	require.Equal(t, 7.0*(313-20), lived.Mean)
	require.Zero(t, *lived.SD)
}

func TestBlackBoxMoveWithProbabilityOne(t *testing.T) {
	p := free(t)
	p.Ages = model.Ages{}
	p.Cohorts = p.Cohorts[:1]
	p.Contract.Metrics = p.Contract.Metrics[:1]
	c := &p.Cohorts[0]
	c.Referrals = model.Referrals{Children: 3}
	c.StartProbability, c.Lag = 1, 4
	// Out of residential at the end of week 9, and nowhere else ever.
	p.Background = map[string]markov.Row{"residential": {
		{Since: markov.Span{To: 9}},
		{Since: markov.Span{From: 9, To: 10}, Moves: []markov.Move{{To: "foster", Probability: 1}}},
		{Since: markov.Span{From: 10}},
	}}
	// The planned placement fails at the end of its first week.
	c.Failure = programmes.Moves("residential", 1)
	r := result(t, p)
	requireAll(t, r, 3, PaidUnits, "")
	without, _ := r.Totals.Of(livedIn, "residential", "counterfactual")
	require.Equal(t, 3*10.0, without.Mean) // weeks 0 to 9
	with, _ := r.Totals.Of(livedIn, "residential", "intervention")
	require.Equal(t, 3*(4+5.0), with.Mean) // weeks 0 to 3 and 5 to 9
	requireAll(t, r, 3*3000, Avoided, "")  // week 4
}

func TestBlackBoxEveryChildNearlyEighteen(t *testing.T) {
	p := free(t)
	p.Ages = model.Ages{From: 17 + 51.0/52.18, To: 18}
	for i := range p.Cohorts {
		p.Cohorts[i].Lag, p.Cohorts[i].StartProbability = 0, 1
	}
	r := result(t, p)
	referred := values(t, r, Referred, "")
	for i, paid := range values(t, r, PaidUnits, "") {
		require.LessOrEqual(t, paid, referred[i])
	}
	for _, arm := range []string{"counterfactual", "intervention"} {
		lived := 0.0
		for _, state := range []string{"edge of care", "foster", "residential", "reunified"} {
			s, _ := r.Totals.Of(livedIn, state, arm)
			lived += s.Mean
		}
		total, _ := r.Totals.Of(Referred)
		require.LessOrEqual(t, lived, total.Mean)
	}
}

func TestBlackBoxNothingAfterEighteen(t *testing.T) {
	p := free(t)
	p.Ages = model.Ages{From: 16, To: 16.5}
	for i := range p.Cohorts {
		p.Cohorts[i].Referrals.First, p.Cohorts[i].Referrals.Last = 0, 0
	}
	r := result(t, p)
	paid, ok := r.Quarterly.Of(PaidUnits)
	require.True(t, ok)
	last := slices.Index(r.Quarters, calendar.NewQuarter(2022, 4)) // two years and a day after referral
	for q := last; q < len(r.Quarters); q++ {
		require.Zero(t, paid.By[q].Mean)
		for _, s := range r.Quarterly {
			if s.Name == livedIn && s.Of != model.LeftCare {
				require.Zero(t, s.By[q].Mean, "%s", s.Key)
				require.Zero(t, s.Central[q], "%s", s.Key)
			}
		}
	}
}

func TestBlackBoxHorizonShortened(t *testing.T) {
	p := free(t)
	before := result(t, p)
	quarters := p.Calendar().Boundaries()
	p.Weeks = quarters[len(quarters)-2] // without the last one
	after := result(t, p)
	for i, s := range after.Quarterly {
		full := before.Quarterly[i]
		require.Equal(t, full.Key, s.Key)
		require.Equal(t, before.Quarters[:len(s.By)], after.Quarters)
		require.Equal(t, full.By[:len(s.By)], s.By, "%s", s.Key)
		require.InDeltaSlice(t, full.Central[:len(s.Central)], s.Central, 1e-6)
	}
}

func TestBlackBoxDiscountRateZero(t *testing.T) {
	p := free(t)
	p.DiscountRate.Yearly = 0
	r := result(t, p)
	require.InDeltaSlice(t, values(t, r, Payments, ""), values(t, r, valuePayments, ""), 1e-6)
	require.InDeltaSlice(t, values(t, r, Avoided, ""), values(t, r, valueAvoided, ""), 1e-6)
}

// LCF and council parts of each claim add up to the penny, and each is within a
// penny of its share, in every quarter of every replication.
func TestBlackBoxPayerShares(t *testing.T) {
	p := programmes.DN2(t, "high") // with the cap
	simulator := jump(t, p)
	pricer, err := p.Pricer(contract.Constant, nil)
	require.NoError(t, err)
	ledger := pricer.NewLedger()
	for i := range few {
		contract.Price(pricer, simulator.Replicate(11, i), ledger)
		for c := range p.Commissioners {
			for q := range ledger.Shape.Quarters {
				claim := int64(0)
				for m := range p.Contract.Metrics {
					claim += ledger.AllowedOf(m, c)[q]
				}
				fund, council := ledger.PaymentsOf(0, c)[q], ledger.PaymentsOf(1+c, c)[q]
				require.Equal(t, claim, fund+council)
				require.LessOrEqual(t, math.Abs(float64(fund)-0.275*float64(claim)), 1.0)
				require.LessOrEqual(t, math.Abs(float64(council)-0.725*float64(claim)), 1.0)
			}
		}
	}
}

// Councils with fixed shares of all claims pay them whosever child it is, and a
// council's saving is the care that its own children avoid less all that it pays.
func TestBlackBoxFixedShares(t *testing.T) {
	p := programmes.DN2(t, "high") // with the cap
	share := map[string]string{"Life Chances Fund": "0.275", "Nottinghamshire": "0.3216", "Nottingham": "0.2189", "Derby": "0.1845"}
	p.Contract.Payers = nil
	for _, name := range []string{"Life Chances Fund", "Nottinghamshire", "Nottingham", "Derby"} {
		p.Contract.Payers = append(p.Contract.Payers, contract.Payer{
			Name: name, Shares: []contract.DatedShare{{Share: decimal.RequireFromString(share[name])}},
		})
	}
	before, r := result(t, programmes.DN2(t, "high")), result(t, p)
	all := values(t, r, Payments, "")
	require.Equal(t, values(t, before, Payments, ""), all, "who pays changes nothing of what is paid")
	quarters := float64(p.Calendar().Quarters())
	for name, part := range share {
		of := decimal.RequireFromString(part).InexactFloat64()
		for i, paid := range values(t, r, Payments, name) {
			require.InDelta(t, of*all[i], paid, quarters/100, "within a penny in each quarter")
		}
	}
	for _, c := range p.Commissioners {
		avoided, paid := values(t, r, Avoided, c.Name), values(t, r, Payments, c.Name)
		require.Equal(t, values(t, before, Avoided, c.Name), avoided)
		for i, net := range values(t, r, NetSaving, c.Name) {
			require.InDelta(t, avoided[i]-paid[i], net, 1e-6)
		}
	}
}

func TestBlackBoxChildWhoNeverStarts(t *testing.T) {
	p := free(t)
	for i := range p.Cohorts {
		p.Cohorts[i].StartProbability = 0
	}
	r := result(t, p)
	for _, c := range p.Cohorts {
		requireAll(t, r, 0, Avoided, c.Name)
		requireAll(t, r, 0, AvoidedToEnd, c.Name)
	}
	requireAll(t, r, 0, Payments, "")
}

func TestBlackBoxPayableWindowZero(t *testing.T) {
	p := free(t)
	for i := range p.Contract.Metrics {
		p.Contract.Metrics[i].Trigger.(*contract.FullWeeks).Window = 0
	}
	requireAll(t, result(t, p), 0, Payments, "")
}

func TestBlackBoxListingOrder(t *testing.T) {
	p := programmes.DN2(t, "high")
	before := result(t, p)
	slices.Reverse(p.States)
	slices.Reverse(p.Cohorts)
	slices.Reverse(p.Contract.Metrics)
	slices.Reverse(p.Commissioners)
	after := result(t, p)
	for _, s := range before.Totals {
		other, ok := after.Totals.Of(s.Name, s.Of, s.Arm)
		require.True(t, ok)
		require.InDelta(t, s.Central, other.Central, 0.02, "%s", s.Key)
		require.InDelta(t, s.Mean, other.Mean, 1e-6*math.Abs(s.Mean), "%s", s.Key)
	}
}

func TestBlackBoxCohortSplitInHalves(t *testing.T) {
	p := free(t)
	p.Cohorts[0].Referrals.Children = 80
	before := result(t, p)
	whole, err := expect.Of(p)
	require.NoError(t, err)
	half := p.Cohorts[0]
	half.Name = "the other half"
	half.Referrals.Children = 40
	p.Cohorts[0].Referrals.Children = 40
	p.Cohorts = append(p.Cohorts, half)
	p.Contract.Metrics[0].Cohorts = append(p.Contract.Metrics[0].Cohorts, half.Name)
	after := result(t, p)
	halves, err := expect.Of(p)
	require.NoError(t, err)
	require.InDeltaSlice(t, whole.Counts.Units, halves.Counts.Units, 1e-9)
	for _, name := range []string{PaidUnits, Claims, Avoided, AvoidedToEnd} {
		a, _ := before.Totals.Of(name)
		b, _ := after.Totals.Of(name)
		require.InDelta(t, a.Central, b.Central, 0.02*float64(len(p.Commissioners))*24, name)
		require.InDelta(t, a.Mean, b.Mean, 5*math.Hypot(*a.StdErr, *b.StdErr)+1e-9, name)
	}
}

func TestBlackBoxWorkers(t *testing.T) {
	p := programmes.DN2(t, "high")
	one := result(t, p, func(o *Options) { o.Workers = 1 })
	for _, workers := range []int{2, 3, 8} {
		requireSame(t, one, result(t, p, func(o *Options) { o.Workers = workers }))
	}
}

func TestBlackBoxMoreReplications(t *testing.T) {
	p := programmes.DN2(t, "high")
	some := result(t, p)
	more := result(t, p, func(o *Options) { o.Replications = 2 * few })
	require.Equal(t, rows(some, few), rows(more, few))
}
