package contract_test

import (
	"errors"
	"math"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/internal/located"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// terms is all that a pricer is made from.
type terms struct {
	contract.Terms
	care  contract.Care
	shape *contract.Shape
}

// sound is terms without a fault, for two commissioners, over two financial
// years.
func sound() *terms {
	return &terms{
		Terms: contract.Terms{
			Metrics: []contract.Metric{{Name: "M1", Tariff: tariff("500"), Cap: contract.MetricCap{Units: capped("10"), Amount: capped("10")}}},
			Payers:  fundShares(),
			Cap:     capped("9123323"),
		},
		care: contract.Care{
			UnitCosts: []contract.UnitCost{{State: "foster", PerWeek: pounds("1000")}, {State: "residential", PerWeek: pounds("4000")}},
			Cashable:  amounts{"step-down": pounds("0.8")},
		},
		shape: &contract.Shape{
			Quarters: quarters("Q4 2020/21", 2), Commissioners: []string{notts, derby}, Cohorts: []string{"step-down"},
			States: []string{"foster", "residential", "left care"}, Metrics: []string{"M1"},
		},
	}
}

func TestTermsThatCannotBePriced(t *testing.T) {
	for _, c := range []struct {
		edit func(*terms)
		want string
	}{
		{
			func(in *terms) { in.Metrics[0].Tariff = tariff("401.105") },
			"metrics.M1.tariff: £401.105 has more than two decimals: write at most two",
		},
		{
			func(in *terms) { in.Metrics[0].Tariff = tariff("-1") },
			"metrics.M1.tariff: £-1 is below 0: it must be £0 or more",
		},
		{
			func(in *terms) { in.Metrics[0].Tariff = tariff("10000000.01") },
			"metrics.M1.tariff: £10000000.01 is too large: a unit or a week costs at most £10,000,000",
		},
		{
			func(in *terms) {
				in.Metrics[0].Tariff.ByCommissioner = amounts{derby: pounds("0.001")}
			},
			"metrics.M1.tariff.by commissioner.Derby: £0.001 has more than two decimals: write at most two",
		},
		{
			func(in *terms) {
				in.Metrics[0].Tariff.ByCommissioner = amounts{"Leicester": pounds("1")}
			},
			`metrics.M1.tariff: there is no commissioner called "Leicester": write one of "Nottinghamshire", "Derby"`,
		},
		{
			func(in *terms) { in.Metrics[0].Tariff.Indexation = decimal.NewNullDecimal(pounds("3.1")) },
			"metrics.M1.tariff.indexation: a yearly rate of 3.1 is outside -1 to 1 (-100% to 100%)",
		},
		{
			func(in *terms) {
				in.Metrics[0].Tariff = contract.Tariff{Amount: pounds("9000000"), Indexation: decimal.NewNullDecimal(pounds("1"))}
			},
			"metrics.M1.tariff: at 1 more a year it passes £10,000,000: a unit or a week costs at most that",
		},
		{
			func(in *terms) { in.Metrics[0].Cap.Units = capped("8840.5") },
			"metrics.M1.cap.units: 8840.5 is not a number of units: it must be whole, from 0 to a million million",
		},
		{
			func(in *terms) { in.Metrics[0].Cap.Units = capped("1e30") },
			"metrics.M1.cap.units: 1000000000000000000000000000000 is not a number of units: it must be whole, from 0 to a million million",
		},
		{
			func(in *terms) { in.Metrics[0].Cap.Amount = capped("-5") },
			"metrics.M1.cap.amount: £-5 is below 0: it must be £0 or more",
		},
		{
			func(in *terms) { in.Cap = capped("0.001") },
			"contract cap: £0.001 has more than two decimals: write at most two",
		},
		{
			func(in *terms) { in.Metrics[0].AgreedDeadweight = pounds("33") },
			"metrics.M1.deadweight: a share of 33 is outside 0 to 1 (0% to 100%)",
		},
		{
			func(in *terms) { in.Metrics[0].AgreedDeadweight = pounds("0.3333333333") },
			"metrics.M1.deadweight: a share of 0.3333333333 has more than nine decimals: at most nine are allowed",
		},
		{
			func(in *terms) { in.Metrics[0].Ages = contract.AgeRange{From: 15, To: 8} },
			"metrics.M1.ages: from 15 to 8: they must be 0 or more, the first below the second; a second of 0 means no upper limit",
		},
		{
			func(in *terms) { in.Metrics[0].Ages = contract.AgeRange{From: 16, To: 16} },
			"metrics.M1.ages: from 16 to 16: they must be 0 or more, the first below the second; a second of 0 means no upper limit",
		},
		{
			func(in *terms) { in.Metrics[0].Ages = contract.AgeRange{From: -1, To: math.NaN()} },
			"metrics.M1.ages: from -1 to NaN: they must be 0 or more, the first below the second; a second of 0 means no upper limit",
		},
		{
			func(in *terms) { in.Metrics[0].Ages.To = math.Inf(1) },
			"metrics.M1.ages: from 0 to +Inf: they must be 0 or more, the first below the second; a second of 0 means no upper limit",
		},
		{
			func(in *terms) { in.Metrics[0].Commissioners = []string{derby, "Leicester"} },
			`metrics.M1.commissioners: there is no commissioner called "Leicester": write one of "Nottinghamshire", "Derby"`,
		},

		{
			func(in *terms) { in.Grants = grants(map[string]string{"Q4 2020/21": "-161510"}) },
			"grants.Q4 2020/21: £-161510 is below 0: it must be £0 or more",
		},
		{
			func(in *terms) { in.Grants = grants(map[string]string{"Q1 2020/21": "161510"}) },
			"grants.Q1 2020/21: it is not a quarter of the programme: they run from Q4 2020/21 to Q1 2021/22",
		},
		{
			func(in *terms) {
				in.Grants = append(grants(map[string]string{"Q4 2020/21": "0"}), grants(map[string]string{"Q4 2020/21": "161510"})...)
			},
			"grants.Q4 2020/21: there are two grants for the quarter: write one",
		},
		{
			func(in *terms) {
				in.Metrics, in.shape.Metrics = nil, nil
				in.Grants = grants(map[string]string{"Q4 2020/21": "1"})
			},
			"grants.Q4 2020/21: there is no metric to share the grant over: a grant needs at least one",
		},
		{
			func(in *terms) {
				in.shape.Quarters = nil
				in.Grants = grants(map[string]string{"Q4 2020/21": "1"})
			},
			"grants.Q4 2020/21: it is not a quarter of the programme: there are none",
		},

		{
			func(in *terms) { in.YearCaps = yearCaps(map[string]string{"2021/22": "0.001"}) },
			"year caps.2021/22: £0.001 has more than two decimals: write at most two",
		},
		{
			func(in *terms) {
				in.YearCaps = append(yearCaps(map[string]string{"": "1", "2021/22": "2"}), yearCaps(map[string]string{"2021/22": "2"})...)
			},
			"year caps.2021/22: there are two caps for the same year, or two for every year: keep one",
		},
		{
			func(in *terms) {
				in.YearCaps = []contract.YearCap{{Amount: pounds("1")}, {Amount: pounds("-1")}}
			},
			"year caps: there are two caps for the same year, or two for every year: keep one\n" +
				"year caps: £-1 is below 0: it must be £0 or more",
		},

		{
			func(in *terms) { in.shape.Metrics = []string{"M2"} },
			`metrics: they differ from those of the counts, which are, in order, ["M2"]`,
		},

		{
			func(in *terms) { in.Payers[0].Shares = always("0.2") },
			"payers: the shares of Nottinghamshire's claim for Q4 2020/21 add up to 0.925 (92.5%): they must add up to 1 (100%)\n" +
				"payers: the shares of Derby's claim for Q4 2020/21 add up to 0.925 (92.5%): they must add up to 1 (100%)",
		},
		{
			func(in *terms) { in.Payers[0].Claims = []string{derby} },
			"payers: the shares of Nottinghamshire's claim for Q4 2020/21 add up to 0.725 (72.5%): they must add up to 1 (100%)",
		},
		{
			func(in *terms) {
				in.Payers[0].Shares = append(in.Payers[0].Shares, from("2021-04-01", "0.3"))
			},
			"payers: the shares of Nottinghamshire's claim for Q1 2021/22 add up to 1.025 (102.5%): they must add up to 1 (100%)\n" +
				"payers: the shares of Derby's claim for Q1 2021/22 add up to 1.025 (102.5%): they must add up to 1 (100%)",
		},
		{
			func(in *terms) {
				in.Payers[0].Shares = append(in.Payers[0].Shares, from("2021-02-15", "0.3"))
			},
			"payers.Fund.share: a share holds from 2021-02-15, inside a quarter, and a quarter has one share: let it hold from 2021-01-01 or 2021-04-01",
		},
		{
			func(in *terms) { in.Payers[0].Shares = always("27.5") },
			"payers.Fund.share: a share of 27.5 is outside 0 to 1 (0% to 100%)",
		},
		{
			func(in *terms) {
				in.Payers[0].Shares = append(in.Payers[0].Shares, from("2099-01-01", "27.5")) // never in force
			},
			"payers.Fund.share: a share of 27.5 is outside 0 to 1 (0% to 100%)",
		},
		{
			func(in *terms) { in.Payers[0].Shares = nil },
			"payers.Fund.share: there is none: a payer needs at least one share, from 0 to 1",
		},
		{
			func(in *terms) {
				in.Payers[0].Shares = append(always("0.2"), always("0.275")...)
			},
			"payers.Fund.share: two shares hold from the same date: keep one",
		},
		{ // a quarter has one share
			func(in *terms) {
				in.Payers[0].Shares = append(in.Payers[0].Shares, from("2021-06-30", "0"))
			},
			"payers.Fund.share: a share holds from 2021-06-30, inside a quarter, and a quarter has one share: let it hold from 2021-04-01 or 2021-07-01",
		},
		{
			func(in *terms) { in.Payers[0].Claims = []string{"Leicester"} },
			`payers.Fund.claims: there is no commissioner called "Leicester": write one of "Nottinghamshire", "Derby"`,
		},
		{
			func(in *terms) { in.Payers[0].Cap = capped("-1") },
			"payers.Fund.cap: £-1 is below 0: it must be £0 or more",
		},
		{
			func(in *terms) { in.Payers[1].Cap = capped("1") },
			"payers.commissioner: a cap needs a payer with a name of its own",
		},
		{
			func(in *terms) { in.Payers[0].Then = 3 },
			`payers.Fund.then: unknown (3) is not a consequence: write one of "commissioner pays", "stop", "others pay"`,
		},
		{
			func(in *terms) { in.Payers[0].Name = "" },
			"payers.: a payer needs a name",
		},
		{
			func(in *terms) {
				in.Payers = append(in.Payers, contract.Payer{Name: "Fund", Shares: always("0")})
			},
			`payers.Fund: "Fund" is there twice: names must differ`,
		},
		{
			func(in *terms) { in.Payers[0].Name = derby },
			`payers.commissioner: another council pays a fixed share of all claims, so that no claim is a council's own: give each council that pays a share of all claims under its own name, and remove commissioner`,
		},
		{
			func(in *terms) { in.Payers[0].Then = contract.OthersPay },
			`payers.Fund.then: "others pay" is for payers with fixed shares of all claims, and here each council pays for its own claims: write "commissioner pays" or "stop"`,
		},
		{
			func(in *terms) {
				in.Payers = append(fixedShares("0.2", "0.4", "0.4"), contract.Payer{Name: derby, Shares: always("0")})
			},
			`payers.Derby: "Derby" is there twice: names must differ`,
		},
		{
			func(in *terms) { in.Payers = fixedShares("0.2", "0.4", "0.3") },
			"payers: the shares of all claims for Q4 2020/21 add up to 0.9 (90%): they must add up to 1 (100%)",
		},
		{
			func(in *terms) {
				in.Payers = fixedShares("0.2", "0.4", "0.4")
				in.Payers[0].Claims = []string{notts, derby}
			},
			"payers.Fund.claims: a council pays a fixed share of all claims, so that every payer's share must be of all of them: remove this, or give no council a share of all claims",
		},
		{
			func(in *terms) {
				in.Payers = fixedShares("0.2", "0.4", "0.4")
				in.Payers[0].Cap = capped("1")
			},
			`payers.Fund.then: "commissioner pays" is for contracts in which each council pays for its own claims, and here shares are of all claims: write "others pay" or "stop"`,
		},
		{
			func(in *terms) {
				in.Payers = fixedShares("0.2", "0.4", "0.4")
				in.Payers[1].Shares = []contract.DatedShare{{Share: pounds("0.4")}, from("2021-04-01", "0.8")}
				in.Payers[2].Shares = []contract.DatedShare{{Share: pounds("0.4")}, from("2021-04-01", "0")}
				for i := range 2 {
					in.Payers[i].Cap, in.Payers[i].Then = capped("1"), contract.OthersPay
				}
			},
			`payers.Fund.then: in Q1 2021/22 there is no other payer with a share and without a cap, so that nobody is left to pay what is over this cap: leave one without a cap, or write "stop"` + "\n" +
				`payers.Nottinghamshire.then: in Q1 2021/22 there is no other payer with a share and without a cap, so that nobody is left to pay what is over this cap: leave one without a cap, or write "stop"`,
		},

		{
			func(in *terms) { in.care.UnitCosts[0].PerWeek = pounds("0.001") },
			"unit costs.foster: £0.001 has more than two decimals: write at most two",
		},
		{
			func(in *terms) { in.care.UnitCosts[0].PerWeek = pounds("-1") },
			"unit costs.foster: £-1 is below 0: it must be £0 or more",
		},
		{
			func(in *terms) { in.care.UnitCosts[0].Growth = pounds("-1.1") },
			"unit costs.foster.growth: a yearly rate of -1.1 is outside -1 to 1 (-100% to 100%)",
		},
		{
			func(in *terms) { in.care.UnitCosts[0].State = "home" },
			`unit costs.home: there is no state called "home": write one of "foster", "residential", "left care"`,
		},
		{
			func(in *terms) {
				in.care.UnitCosts = append(in.care.UnitCosts, contract.UnitCost{State: "foster", Commissioner: "Leicester"})
			},
			`unit costs.foster: there is no commissioner called "Leicester": write one of "Nottinghamshire", "Derby"`,
		},
		{
			func(in *terms) {
				in.care.UnitCosts = append(in.care.UnitCosts, contract.UnitCost{State: "foster", PerWeek: pounds("900")})
			},
			"unit costs.foster: there are two costs for the same commissioner and financial year: keep one",
		},
		{ // care in one council would be free
			func(in *terms) { in.care.UnitCosts[0].Commissioner = derby },
			"unit costs.foster: there is no cost for Nottinghamshire in 2020/21: write one for every commissioner from the first year on, and 0 if a week costs nothing",
		},
		{ // care would be free for a quarter
			func(in *terms) { in.care.UnitCosts[1].Year = 2021 },
			"unit costs.residential: there is no cost for Nottinghamshire in 2020/21: write one for every commissioner from the first year on, and 0 if a week costs nothing\n" +
				"unit costs.residential: there is no cost for Derby in 2020/21: write one for every commissioner from the first year on, and 0 if a week costs nothing",
		},
		{
			func(in *terms) { in.care.Cashable["step-down"] = pounds("1.5") },
			"cohorts.step-down.cashable share: a share of 1.5 is outside 0 to 1 (0% to 100%)",
		},
		{
			func(in *terms) { in.care.Cashable["step-up"] = pounds("0.5") },
			`cohorts.step-up: there is no cohort called "step-up": write one of "step-down"`,
		},

		{
			func(in *terms) { in.care.CostedAs = map[string]string{"foster, planned": "foster"} },
			`unit costs.foster, planned: there is no state called "foster, planned": write one of "foster", "residential", "left care"`,
		},
		{
			func(in *terms) { in.care.CostedAs = map[string]string{"left care": "home"} },
			`unit costs.left care: there is no state called "home": write one of "foster", "residential", "left care"`,
		},
		{ // said once, though it is so for two states and two commissioners
			func(in *terms) {
				in.care.CostedAs = map[string]string{"left care": "foster"}
				in.care.UnitCosts[0] = contract.UnitCost{State: "foster", PerWeek: pounds("10000000"), Growth: pounds("0.5")}
			},
			"unit costs.foster: at 0.5 more a year it passes £10,000,000: a unit or a week costs at most that",
		},

		{ // everything in one go
			func(in *terms) {
				in.Metrics[0].Tariff = tariff("0.001")
				in.Metrics[0].AgreedDeadweight = pounds("2")
				in.YearCaps = yearCaps(map[string]string{"2021/22": "-1"})
				in.Cap = capped("-1")
				in.Grants = grants(map[string]string{"Q2 2021/22": "1"})
				in.Payers[0].Shares = nil
				in.care.Cashable["step-down"] = pounds("2")
			},
			"metrics.M1.tariff: £0.001 has more than two decimals: write at most two\n" +
				"metrics.M1.deadweight: a share of 2 is outside 0 to 1 (0% to 100%)\n" +
				"year caps.2021/22: £-1 is below 0: it must be £0 or more\n" +
				"contract cap: £-1 is below 0: it must be £0 or more\n" +
				"grants.Q2 2021/22: it is not a quarter of the programme: they run from Q4 2020/21 to Q1 2021/22\n" +
				"payers.Fund.share: there is none: a payer needs at least one share, from 0 to 1\n" +
				"cohorts.step-down.cashable share: a share of 2 is outside 0 to 1 (0% to 100%)",
		},
	} {
		t.Run(c.want, func(t *testing.T) {
			in := sound()
			_, err := contract.NewPricer(in.Terms, in.care, in.shape, base(in.shape), contract.Constant)
			require.NoError(t, err)
			c.edit(in)
			pricer, err := contract.NewPricer(in.Terms, in.care, in.shape, base(in.shape), contract.Constant)
			require.Nil(t, pricer)
			require.EqualError(t, err, c.want)
			_, ok := errors.AsType[*located.Error](err)
			require.True(t, ok)
		})
	}
}

// A state without any entry costs nothing; that is how the absorbing state is
// written.
func TestStateWithoutCost(t *testing.T) {
	in := sound()
	tally := contract.NewCounts[int64](in.shape)
	tally.WeeksIn(contract.Tracking, contract.Intervention, 0, 0, 2)[0] = 13
	require.Zero(t, total(price(t, in.Terms, in.care, tally).Costs))
}

// Without metrics there is nothing to pay, and care is priced all the same.
func TestNoMetrics(t *testing.T) {
	in := sound()
	in.shape.Metrics, in.Metrics = nil, nil
	tally := contract.NewCounts[int64](in.shape)
	tally.WeeksIn(contract.Tracking, contract.Intervention, 0, 0, 0)[0] = 1
	l := price(t, in.Terms, in.care, tally)
	require.Zero(t, total(l.Payments))
	require.Equal(t, int64(100_000), total(l.Costs))
}

func TestNullDecimalIsNoCap(t *testing.T) {
	in := sound()
	in.Cap, in.Metrics[0].Cap = decimal.NullDecimal{}, contract.MetricCap{}
	tally := contract.NewCounts[int64](in.shape)
	tally.UnitsOf(0, 0)[0] = 1_000_000
	require.Equal(t, int64(50_000_000_000), total(price(t, in.Terms, in.care, tally).Payments))
}
