package contract_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// restored is a metric that pays by tiers of the share of children who are home on the
// last day of Q2 2020/21, for a contract of four quarters from April 2020.
func restored(change func(*contract.Metric)) contract.Terms {
	m := contract.Metric{
		Name: "restored", Cohorts: []string{"year 1"},
		Trigger: &contract.OnDate{Date: calendar.NewDate(2020, 9, 30)},
		Tariff: contract.Tariff{Tiers: []contract.Tier{
			{From: pounds("0.65"), Amount: pounds("60000")}, {From: pounds("0.55"), Amount: pounds("40000")},
		}},
	}
	if change != nil {
		change(&m)
	}
	return contract.Terms{Metrics: []contract.Metric{m}, Payers: commissionersPay()}
}

// measured is counts in which so many children are home on the date, of those referred
// in each quarter.
func measuredIn[N contract.Number](home map[string]N, referred map[string][]N) *contract.Counts[N] {
	shape := &contract.Shape{
		Quarters: quarters("Q1 2020/21", 4), Commissioners: []string{notts, derby},
		Cohorts: []string{"year 1", "year 2"}, States: []string{"foster"}, Metrics: []string{"restored"},
	}
	counts := contract.NewCounts[N](shape)
	for c, name := range shape.Commissioners {
		counts.UnitsOf(0, c)[1] = home[name]
		copy(counts.ReferredIn(0, c), referred[name])
		counts.ReferredIn(1, c)[0] = 1000 // of another cohort
	}
	return counts
}

// The whole payment takes the price of the tier that the rate of all councils' children
// together reaches; the lower bound of a tier is in it; children referred after the date
// are not in the rate.
func TestTiersOfARateByHand(t *testing.T) {
	for _, c := range []struct {
		what     string
		home     map[string]int64
		referred map[string][]int64
		rate     float64
		paid     map[string]string
	}{
		// 13 of 20 are 65% exactly: 8 × 60,000 and 5 × 60,000.
		{
			"on the bound",
			map[string]int64{notts: 8, derby: 5},
			map[string][]int64{notts: {6, 6}, derby: {4, 4}},
			.65,
			map[string]string{"restored / " + notts: "0.00 480000.00 0.00 0.00", "restored / " + derby: "0.00 300000.00 0.00 0.00"},
		},
		// 12 of 20 are 60%: 8 × 40,000 and 4 × 40,000. 90 more are referred later.
		{
			"one child fewer",
			map[string]int64{notts: 8, derby: 4},
			map[string][]int64{notts: {6, 6, 50, 40}, derby: {4, 4}},
			.6,
			map[string]string{"restored / " + notts: "0.00 320000.00 0.00 0.00", "restored / " + derby: "0.00 160000.00 0.00 0.00"},
		},
		// 11 of 20 are 55%: the lowest tier. 10 of 20 are below it.
		{
			"the lowest tier",
			map[string]int64{notts: 11},
			map[string][]int64{notts: {20}},
			.55,
			map[string]string{"restored / " + notts: "0.00 440000.00 0.00 0.00"},
		},
		{"below all tiers", map[string]int64{notts: 10}, map[string][]int64{notts: {20}}, .5, map[string]string{}},
		{
			"everybody",
			map[string]int64{notts: 2},
			map[string][]int64{notts: {2}},
			1,
			map[string]string{"restored / " + notts: "0.00 120000.00 0.00 0.00"},
		},
	} {
		t.Run(c.what, func(t *testing.T) {
			ledger := priced(t, restored(nil), measuredIn(c.home, c.referred))
			require.Equal(t, c.paid, lines(ledger.Shape.Metrics, ledger.Shape, ledger.AllowedOf))
			require.Len(t, ledger.Rates, 1)
			rate, ok := ledger.Rates[0].Rate()
			require.True(t, ok)
			require.InDelta(t, c.rate, rate, 1e-15)
			require.Equal(t, contract.CohortRate{Metric: "restored", Quarter: 1, Successes: ledger.Rates[0].Successes, Referred: ledger.Rates[0].Referred}, ledger.Rates[0])
		})
	}
}

// Where nobody has been referred there is no rate, and nothing is paid.
func TestRateOfNobody(t *testing.T) {
	ledger := priced(t, restored(func(m *contract.Metric) { m.Tariff.Tiers[1].From = pounds("0") }), measuredIn[int64](nil, map[string][]int64{notts: {0, 0, 9}}))
	_, ok := ledger.Rates[0].Rate()
	require.False(t, ok)
	require.False(t, ledger.Rates[0].Reaches(0))
	require.Zero(t, total(ledger.Allowed))
}

// A metric for one council's children looks at the rate of those alone, and one that is
// recorded and never paid has a rate too.
func TestRateOfOneCouncil(t *testing.T) {
	terms := restored(func(m *contract.Metric) { m.Commissioners, m.Tariff = []string{derby}, contract.Tariff{} })
	ledger := priced(t, terms, measuredIn(map[string]int64{derby: 3}, map[string][]int64{notts: {50}, derby: {4}}))
	require.Equal(t, []contract.CohortRate{{Metric: "restored", Quarter: 1, Successes: 3, Referred: 4}}, ledger.Rates)
	require.Zero(t, total(ledger.Allowed))
}

// Expected numbers give the tier of the expected rate: 12.9 of 20 are 64.5%, and 13 of
// 20 reach 65% although they are sums of thirteen tenths that do not quite add up.
func TestTiersOfAnExpectedRate(t *testing.T) {
	below := priced(t, restored(nil), measuredIn(map[string]float64{notts: 12.9}, map[string][]float64{notts: {20}}))
	require.Equal(t, int64(12.9*4_000_000), total(below.Allowed))
	sum := 0.0
	for range 130 {
		sum += .1
	}
	require.Less(t, sum, 13.0)
	on := priced(t, restored(nil), measuredIn(map[string]float64{notts: sum}, map[string][]float64{notts: {20}}))
	require.Equal(t, int64(13*6_000_000), total(on.Allowed))
}

// Rounding a bound to a float would move it: with whole numbers every rate is compared
// exactly, whatever the bound.
func TestRatesAreComparedExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		referred := rapid.Int64Range(1, 5_000).Draw(t, "referred")
		home := rapid.Int64Range(0, referred).Draw(t, "home")
		bound := rapid.Int64Range(0, 1e9).Draw(t, "bound")
		if rapid.Bool().Draw(t, "near") {
			bound = min(1e9, home*1e9/referred+rapid.Int64Range(0, 1).Draw(t, "above"))
		}
		rate := contract.CohortRate{Successes: float64(home), Referred: float64(referred)}
		require.Equal(t, home*1e9 >= bound*referred, rate.Reaches(bound))
	})
}

// The tiers come first, then everything that follows a claim: here the agreed deadweight
// (a tenth of 13 × 60,000 = 780,000 leaves 702,000) and the contract cap.
func TestTiersComeBeforeDeadweightAndCaps(t *testing.T) {
	terms := restored(func(m *contract.Metric) { m.AgreedDeadweight = pounds("0.1") })
	counts := measuredIn(map[string]int64{notts: 13}, map[string][]int64{notts: {20}})
	require.Equal(t, int64(70_200_000), total(priced(t, terms, counts).Allowed))
	terms.Cap = capped("700000")
	ledger := priced(t, terms, counts)
	require.Equal(t, int64(70_200_000), total(ledger.Claims))
	require.Equal(t, int64(70_000_000), total(ledger.Allowed))
	require.True(t, ledger.CapReached)

	// A cap of 10 units lets 10 of the 13 through, at the price of the tier of all 13.
	terms = restored(func(m *contract.Metric) { m.Cap.Units = capped("10") })
	require.Equal(t, int64(60_000_000), total(priced(t, terms, counts).Allowed))
}

// A pricer has no memory of the rate before.
func TestTiersFromOneReplicationToTheNext(t *testing.T) {
	high := measuredIn(map[string]int64{notts: 13}, map[string][]int64{notts: {20}})
	low := measuredIn(map[string]int64{notts: 10}, map[string][]int64{notts: {20}})
	pricer, err := contract.NewPricer(restored(nil), contract.Care{}, high.Shape, base(high.Shape), contract.Constant)
	require.NoError(t, err)
	clone, ledger := pricer.Clone(), pricer.NewLedger()
	for range 2 {
		contract.Price(pricer, high, ledger)
		require.Equal(t, int64(78_000_000), total(ledger.Allowed))
		contract.Price(clone, low, ledger)
		require.Zero(t, total(ledger.Allowed))
	}
	require.Zero(t, testing.AllocsPerRun(20, func() { contract.Price(pricer, high, ledger) }))
}

func TestTiersThatCannotBePriced(t *testing.T) {
	shape := measuredIn[int64](nil, nil).Shape
	for _, c := range []struct {
		change func(*contract.Metric)
		want   string
	}{
		{func(m *contract.Metric) { m.Trigger = &contract.Engagement{} }, "metrics.restored.tariff.tiers: tiers are of the rate of a cohort on a measuring date, and this trigger has none: write the trigger as {status on a date: {date: 2026-06-30}}, or one tariff"},
		{func(m *contract.Metric) { m.Trigger = &contract.OnDate{Date: calendar.NewDate(2020, 9, 29)} }, "metrics.restored.trigger: 2020-09-29 is not the last day of a quarter: children are counted by quarter, so write that, such as 2020-09-30"},
		{func(m *contract.Metric) { m.Trigger = &contract.OnDate{Date: calendar.NewDate(2021, 6, 30)} }, "metrics.restored.trigger: 2021-06-30 is not in a quarter of the programme: they run from Q1 2020/21 to Q4 2020/21"},
		{func(m *contract.Metric) { m.Ages.From = 4 }, "metrics.restored.ages: the metric looks at its whole cohort on a date, and a rate is of all children referred: remove the ages"},
		{func(m *contract.Metric) { m.Tariff.Amount = pounds("1") }, "metrics.restored.tariff.tiers: a tariff has one amount, or tiers of a rate: remove one of the two"},
		{func(m *contract.Metric) { m.Tariff.Beyond = &contract.Beyond{} }, "metrics.restored.tariff.beyond: a tariff by tiers of a rate has no other price beyond a number of units: remove one of the two"},
		{func(m *contract.Metric) { m.Tariff.Tiers[1].From = pounds("0.65") }, "metrics.restored.tariff.tiers: 0.65 does not come below 0.65: list the tiers from the highest rate down, each once"},
		{func(m *contract.Metric) { m.Tariff.Tiers[1].From = pounds("1.5") }, "metrics.restored.tariff.tiers.2.from: a share of 1.5 is outside 0 to 1 (0% to 100%)"},
		{func(m *contract.Metric) { m.Tariff.Tiers[0].Amount = pounds("0.001") }, "metrics.restored.tariff.tiers.1.amount: £0.001 has more than two decimals: write at most two"},
	} {
		_, err := contract.NewPricer(restored(c.change), contract.Care{}, shape, base(shape), contract.Constant)
		require.ErrorContains(t, err, c.want)
	}
}

func TestLedgerKeepsRatesInJSON(t *testing.T) {
	ledger := priced(t, restored(nil), measuredIn(map[string]int64{notts: 13}, map[string][]int64{notts: {20}}))
	text, err := json.Marshal(ledger)
	require.NoError(t, err)
	var read contract.Ledger
	require.NoError(t, json.Unmarshal(text, &read))
	require.Equal(t, ledger.Rates, read.Rates)
}

// A child is looked at in the last week that has ended by the date, wherever it was
// before.
func TestOnDateByHand(t *testing.T) {
	const home, care = 0, 1
	life := []contract.Stay{{State: care, From: 0, To: 4}, {State: home, From: 4, To: 10}, {State: care, From: 10, To: 12}, {State: home, From: 12, To: 20}}
	referred := calendar.NewDate(2020, 6, 1) // week 0 ends on 7 June, week t on 7 June + 7t
	for _, c := range []struct {
		what string
		date calendar.Date
		want []contract.Span
	}{
		{"before the referral", referred.AddDays(-1), nil},
		{"in the first week", referred.AddDays(5), nil},
		{"before the start", referred.AddDays(6), nil},
		{"the start week has not ended", referred.AddDays(7*5 - 2), nil},
		{"the start week has ended", referred.AddDays(7*5 - 1), []contract.Span{{From: 4, To: 5, Units: 1}}},
		{"in the middle of the week after", referred.AddDays(7*5 + 3), []contract.Span{{From: 4, To: 5, Units: 1}}},
		{"back in care", referred.AddDays(7*11 - 1), nil},
		{"home again", referred.AddDays(7*13 - 1), []contract.Span{{From: 12, To: 13, Units: 1}}},
		{"the last week", referred.AddDays(7*20 - 1), []contract.Span{{From: 19, To: 20, Units: 1}}},
		{"after the life", referred.AddDays(7*21 - 1), nil},
	} {
		t.Run(c.what, func(t *testing.T) {
			path := contract.Path{Stays: life, Start: 4, Payable: contract.StateSet(0).Add(home), Referred: referred}
			require.Equal(t, c.want, (&contract.OnDate{Date: c.date}).Count(path, nil))
		})
	}
}
