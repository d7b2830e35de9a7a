package finance_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

func pounds(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func date(t require.TestingT, s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	require.NoError(t, err)
	return d
}

// small is a programme of one council, one cohort and one metric that costs
// nothing to deliver yet.
func small(start calendar.Date, weeks int) *model.Programme {
	return &model.Programme{
		Name: "small", Start: start, Weeks: weeks, PriceBase: "2020/21 prices",
		Commissioners: []model.Commissioner{{Name: "Derby", ReferralShare: 1}},
		States:        append(model.DefaultStates(), model.State{Name: "foster, planned", Parent: "foster"}),
		Ages:          model.Ages{From: 10, To: 17},
		Cohorts: []model.Cohort{{
			Name: "step-down", Referrals: model.Referrals{Children: 1},
			StartState: "residential", PlannedState: "foster, planned", Tracking: 52, StartProbability: 0.5,
		}},
		Contract: contract.Terms{
			Metrics: []contract.Metric{{Name: "M1", Cohorts: []string{"step-down"}, Trigger: &contract.FullWeeks{Window: 52, CapPerChild: 52}, Tariff: contract.Tariff{Amount: pounds("500")}}},
			Payers:  []contract.Payer{{Name: contract.ClaimingCommissioner, Shares: []contract.DatedShare{{Share: pounds("1")}}}},
		},
		UnitCosts: []contract.UnitCost{
			{State: "edge of care", PerWeek: pounds("100")},
			{State: "foster", PerWeek: pounds("1000")},
			{State: "residential", PerWeek: pounds("4000")},
			{State: "reunified", PerWeek: pounds("100")},
		},
		Delivery: &model.Delivery{},
	}
}

// paid is a ledger in which Derby pays so much for each quarter, in £.
func paid(p *model.Programme, payments ...string) *contract.Ledger {
	l := contract.NewLedger(p.Shape(), []string{"Derby"})
	for q, amount := range payments {
		l.Payments[q] = pounds(amount).Shift(2).IntPart()
	}
	return l
}

// followed is an account and what it comes to.
type followed struct {
	*finance.Account
	finance.CapitalFigures
}

func follow(t require.TestingT, p *model.Programme, counts *contract.Tally, l *contract.Ledger) followed {
	require.NoError(t, p.Validate())
	cash, err := finance.NewCash(p, contract.Constant)
	require.NoError(t, err)
	f := followed{Account: cash.NewAccount()}
	finance.Follow(cash, counts, l, f.Account)
	cash.CapitalFigures(f.Account, &f.CapitalFigures)
	return f
}

// table writes down the days on which money moves, in £.
func (f followed) table() []string {
	n := len(f.Days)
	var rows []string
	for day, on := range f.Days {
		flows := []int64{f.Account.Receipts[day], f.Account.Costs[day], f.Account.Shortfall[day], f.ShortfallRepaid[day]}
		columns := []string{sterling(flows[0]), sterling(flows[1])}
		for _, cells := range [][]int64{f.Account.Drawn, f.Account.Interest, f.Account.Repaid} {
			var parts []string
			for k := day; k < len(cells); k += n {
				parts = append(parts, sterling(cells[k]))
				flows = append(flows, cells[k])
			}
			columns = append(columns, strings.Join(parts, "+"))
		}
		moves := false
		for _, amount := range flows {
			moves = moves || amount != 0
		}
		if columns = append(columns, sterling(flows[2]), sterling(flows[3]), sterling(f.Cash[day])); moves {
			rows = append(rows, on.String()+" "+strings.Join(columns, " "))
		}
	}
	return rows
}

func sterling(pence int64) string {
	if pence == 0 {
		return "-"
	}
	return contract.Pounds(pence).StringFixed(2)
}

// Accounts worked out by hand, in £. Investors' amounts are joined by +; days on
// which nothing moves are left out.
func TestAccountsByHand(t *testing.T) {
	for _, c := range []struct {
		name       string
		arithmetic []string
		start      string
		weeks      int
		terms      func(d *model.Delivery, f *model.Facility)
		payments   []string
		want       []string // columns as in the heading below
		sums       string   // requirement, day, profit, drawn, shortfall
	}{
		{
			name: "as needed, with a facility that is too small",
			arithmetic: []string{
				"Mobilisation £3,000.00 in November and December; £9,000.01 a quarter is 3,000.00 + 3,000.00 + 3,000.01. Of 10,000.00",
				"committed 9,000.00 is drawn by February, so that March takes 1,000.00 and leaves 2,000.01 to somebody else.",
				"30 April: 12,000.00 - 3,000.00 for April - 6,000.01 kept for May and June = 2,999.99: 2,000.01 to whoever met the",
				"shortfall, and 999.98 to the investor. 30 July: 9,000.02 still owed, and 10,999.98 of residual.",
			},
			start: "2021-01-01", weeks: 25,
			terms: func(d *model.Delivery, f *model.Facility) {
				d.Mobilisation, d.MobilisationMonths = pounds("3000"), 2
				d.FixedPerQuarter = []model.DatedAmount{{Amount: pounds("9000.01")}}
				d.ClaimsPaidAfter = 30
				f.Investors = []model.Investor{{Name: "Bank", Commitment: pounds("10000")}}
			},
			payments: []string{"12000", "20000"},
			want: []string{
				"2020-11-30 - 1500.00 1500.00 - - - - -",
				"2020-12-31 - 1500.00 1500.00 - - - - -",
				"2021-01-31 - 3000.00 3000.00 - - - - -",
				"2021-02-28 - 3000.00 3000.00 - - - - -",
				"2021-03-31 - 3000.01 1000.00 - - 2000.01 - -",
				"2021-04-30 12000.00 3000.00 - - 999.98 - 2000.01 6000.01",
				"2021-05-31 - 3000.00 - - - - - 3000.01",
				"2021-06-30 - 3000.01 - - - - - -",
				"2021-07-30 20000.00 - - - 20000.00 - - -",
			},
			sums: "12000.01 2021-03-31 10999.98 10000.00 2000.01",
		},
		{
			name: "months that hold only some days of the programme",
			arithmetic: []string{
				"10 February to 4 May 2021: £900.00 a quarter is 300.00 for each month with a day of the programme, February and",
				"March; and 10% more, 330.00, for April and May. Fees due once: 50.00 in the first month, 50.00 × 1.1 = 55.00 in April.",
				"Wind-up 100.00 × 1.1 at the end of May. Claims are paid 91 days after 31 March, on 30 June, and on 29 September.",
				"After 30 June there are no costs: 1,110.00 of 1,475.00 comes back then, and the other 365.00 on 29 September with",
				"635.00 of residual.",
			},
			start: "2021-02-10", weeks: 12,
			terms: func(d *model.Delivery, _ *model.Facility) {
				d.FixedPerQuarter = []model.DatedAmount{{Amount: pounds("900")}}
				d.WindUp, d.Uplift, d.ClaimsPaidAfter = pounds("100"), 0.1, 91
				d.Fees = []model.Fee{{Name: "vehicle", Once: pounds("50")}, {Name: "audit", Once: pounds("50"), On: calendar.NewDate(2021, time.April, 2)}}
			},
			payments: []string{"1110", "1000"},
			want: []string{
				"2021-02-28 - 350.00 350.00 - - - - -",
				"2021-03-31 - 300.00 300.00 - - - - -",
				"2021-04-30 - 385.00 385.00 - - - - -",
				"2021-05-31 - 440.00 440.00 - - - - -",
				"2021-06-30 1110.00 - - - 1110.00 - - -",
				"2021-09-29 1000.00 - - - 1000.00 - - -",
			},
			sums: "1475.00 2021-05-31 635.00 1475.00 0.00",
		},
		{
			name: "fixed costs that step in mid-quarter, and a first and a last quarter of which there is only a part",
			arithmetic: []string{
				"15 February to 11 July 2021. £900.00 a quarter is 300.00 for each of February and March, 600.00 together; two thirds",
				"of the fee of £100.00 are 66.67. 666.67 in two parts is 333.33 and 333.34. April is 300.00; May and June are a third",
				"of £1,200.01 each, for £1,500.00 from 16 June does not hold on 1 June: 3,300.02 ÷ 3 = 1,100.007, 1,100.01. With 100.00",
				"of fee 1,200.01, in three parts: when it is paid tells nothing of the step. July, all there is of its quarter, is a",
				"third of £1,500.00, 500.00, and 33.33 of fee. £9,999.00 from 2 July never holds on the first day of a month.",
				"In all 666.67 + 1,200.01 + 533.33 = 2,400.01, and 599.99 of residual 30 days after 30 September.",
			},
			start: "2021-02-15", weeks: 21,
			terms: func(d *model.Delivery, _ *model.Facility) {
				d.FixedPerQuarter = []model.DatedAmount{
					{Amount: pounds("900")},
					{From: calendar.NewDate(2021, time.May, 1), Amount: pounds("1200.01")},
					{From: calendar.NewDate(2021, time.June, 16), Amount: pounds("1500")},
					{From: calendar.NewDate(2021, time.July, 2), Amount: pounds("9999")},
				}
				d.Fees = []model.Fee{{Name: "management", PerQuarter: pounds("100")}}
				d.ClaimsPaidAfter = 30
			},
			payments: []string{"0", "0", "3000"},
			want: []string{
				"2021-02-28 - 333.33 333.33 - - - - -",
				"2021-03-31 - 333.34 333.34 - - - - -",
				"2021-04-30 - 400.00 400.00 - - - - -",
				"2021-05-31 - 400.00 400.00 - - - - -",
				"2021-06-30 - 400.01 400.01 - - - - -",
				"2021-07-31 - 533.33 533.33 - - - - -",
				"2021-10-30 3000.00 - - - 3000.00 - - -",
			},
			sums: "2400.01 2021-07-31 599.99 2400.01 0.00",
		},
		{
			name: "first days that belong to the next quarter's first week",
			arithmetic: []string{
				"29 March to 2 May 2021: every week ends in April or May, so that there is one quarter, April to June, of which the",
				"programme has days in two months; nothing is due for March, whose quarter has no week. Two thirds of £900.02 are",
				"600.013, £600.01. 1 April is after the first day: 600.01 × 1.1 = 660.011, £660.01, in two parts 330.00 and 330.01.",
				"Fees due once are March's, both the one without a date and the one of 30 March, and not raised yet.",
				"1,000.00 - 75.00 - 660.01 = 264.99 of residual.",
			},
			start: "2021-03-29", weeks: 5,
			terms: func(d *model.Delivery, _ *model.Facility) {
				d.FixedPerQuarter = []model.DatedAmount{{Amount: pounds("900.02")}}
				d.Uplift = 0.1
				d.Fees = []model.Fee{{Name: "vehicle", Once: pounds("50")}, {Name: "audit", Once: pounds("25"), On: calendar.NewDate(2021, time.March, 30)}}
			},
			payments: []string{"1000"},
			want: []string{
				"2021-03-31 - 75.00 75.00 - - - - -",
				"2021-04-30 - 330.00 330.00 - - - - -",
				"2021-05-31 - 330.01 330.01 - - - - -",
				"2021-06-30 1000.00 - - - 1000.00 - - -",
			},
			sums: "735.01 2021-05-31 264.99 735.01 0.00",
		},
		{
			name: "uplift is rounded each 1 April",
			arithmetic: []string{
				"A fee of £10.04 a quarter: × 1.05 = 10.542, £10.54 in 2021/22; 10.54 × 1.05 = 11.067, £11.07 in 2022/23. From 1 April",
				"2022 there are fixed costs as well: £20.00 for April, and £99.00 for May and June, for what holds from 2 April does not",
				"on the first. (20.00 + 99.00 + 99.00) ÷ 3 = 72.667, £72.67; 76.3035, £76.30 after one rise; 80.115, £80.12 after two.",
				"11.07 + 80.12 = 91.19 is 30.39 + 30.39 + 30.41. In all 10.04 + 4 × 10.54 + 91.19 = 143.39.",
			},
			start: "2021-01-01", weeks: 77, // to 24 June 2022
			terms: func(d *model.Delivery, _ *model.Facility) {
				d.FixedPerQuarter = []model.DatedAmount{{}, {From: calendar.NewDate(2022, time.April, 1), Amount: pounds("20")}, {From: calendar.NewDate(2022, time.April, 2), Amount: pounds("99")}}
				d.Fees = []model.Fee{{Name: "evaluation", PerQuarter: pounds("10.04")}}
				d.Uplift = 0.05
			},
			want: []string{
				"2021-01-31 - 3.34 3.34 - - - - -", "2021-02-28 - 3.34 3.34 - - - - -", "2021-03-31 - 3.36 3.36 - - - - -",
				"2021-04-30 - 3.51 3.51 - - - - -", "2021-05-31 - 3.51 3.51 - - - - -", "2021-06-30 - 3.52 3.52 - - - - -",
				"2021-07-31 - 3.51 3.51 - - - - -", "2021-08-31 - 3.51 3.51 - - - - -", "2021-09-30 - 3.52 3.52 - - - - -",
				"2021-10-31 - 3.51 3.51 - - - - -", "2021-11-30 - 3.51 3.51 - - - - -", "2021-12-31 - 3.52 3.52 - - - - -",
				"2022-01-31 - 3.51 3.51 - - - - -", "2022-02-28 - 3.51 3.51 - - - - -", "2022-03-31 - 3.52 3.52 - - - - -",
				"2022-04-30 - 30.39 30.39 - - - - -", "2022-05-31 - 30.39 30.39 - - - - -", "2022-06-30 - 30.41 30.41 - - - - -",
			},
			sums: "143.39 2022-06-30 -143.39 143.39 0.00",
		},
		{
			name: "interest at every quarter's end, before the first day and after the last",
			arithmetic: []string{
				"7.3% a year is 1.073^(31/365) - 1 over 31 days. 31 December: 5,000.00 × 0.0060021 = 30.0104. Then 10,030.01 ×",
				"(1.073^(90/365) - 1) = 175.777, with the 0.0004 left before; 10,205.79 over 91 days 180.860; 10,386.65 over 92 days",
				"186.108. Interest is drawn, as a cost is. Claims come 200 days after 31 March, on 17 October: 10,572.76 over 17 days",
				"34.753, less the 0.002 that was rounded up before.",
			},
			start: "2021-01-01", weeks: 12,
			terms: func(d *model.Delivery, f *model.Facility) {
				d.Mobilisation, d.MobilisationMonths, d.ClaimsPaidAfter = pounds("10000"), 2, 200
				f.Investors, f.Interest.Yearly = []model.Investor{{Name: "Bank", Commitment: pounds("20000")}}, 0.073
			},
			payments: []string{"12000"},
			want: []string{
				"2020-11-30 - 5000.00 5000.00 - - - - -",
				"2020-12-31 - 5000.00 5030.01 30.01 - - - -",
				"2021-03-31 - - 175.78 175.78 - - - -",
				"2021-06-30 - - 180.86 180.86 - - - -",
				"2021-09-30 - - 186.11 186.11 - - - -",
				"2021-10-17 12000.00 - - 34.75 11965.25 - - -",
			},
			sums: "10000.00 2020-12-31 2000.00 10572.76 0.00",
		},
		{
			name: "half a penny of interest is rounded once, and never taken back",
			arithmetic: []string{
				"1.73^(50/365) is 1.0780: on £0.07 over 50 days, from 9 February to 31 March, 0.55 of a penny, paid as a penny. The",
				"£0.07 is repaid that day, so that nearly half a penny too much has been paid: it is not taken back on 30 June.",
			},
			start: "2021-02-09", weeks: 20,
			terms: func(_ *model.Delivery, f *model.Facility) {
				f.Investors, f.Interest.Yearly = []model.Investor{{Name: "Bank", Commitment: pounds("0.07")}}, 0.73
				f.Drawing, f.Tranches = model.OnSchedule, []model.Tranche{{On: calendar.NewDate(2021, time.February, 9), Share: pounds("1")}}
			},
			payments: []string{"1", "0"},
			want: []string{
				"2021-02-09 - - 0.07 - - - - 0.07",
				"2021-03-31 1.00 - - 0.01 0.07 - - 0.99",
				"2021-06-30 - - - - 0.99 - - -",
			},
			sums: "0.00 no date 1.00 0.07 0.00",
		},
		{
			name: "ranks, the preferred return and the residual",
			arithmetic: []string{
				"A third of £30,000.00, for the one month, is drawn on 31 March 2021 and repaid 365 days later with 10%: 6,000.00 × 1.1 =",
				"6,600.00 to the senior, 4,000.00 × 1.1 = 4,400.00 to the junior. Of the other 1,000.00 a quarter to the senior, three to",
				"the junior.",
			},
			start: "2021-03-08", weeks: 3, terms: ranked,
			payments: []string{"12000"},
			want: []string{
				"2021-03-31 - 10000.00 6000.00+4000.00 -+- -+- - - -",
				"2022-03-31 12000.00 - -+- -+- 6850.00+5150.00 - - -",
			},
			sums: "10000.00 2021-03-31 2000.00 10000.00 0.00",
		},
		{
			name:       "ranks where there is not enough",
			arithmetic: []string{"A preferred return is paid once all capital has been repaid: 6,000.00 to the senior, and the 2,000.00 left to the junior."},
			start:      "2021-03-08", weeks: 3, terms: ranked,
			payments: []string{"8000"},
			want: []string{
				"2021-03-31 - 10000.00 6000.00+4000.00 -+- -+- - - -",
				"2022-03-31 8000.00 - -+- -+- 6000.00+2000.00 - - -",
			},
			sums: "10000.00 2021-03-31 -2000.00 10000.00 0.00",
		},
		{
			name:       "equal ranks where there is not enough",
			arithmetic: []string{"March's third of £30,000.00 is drawn. 5,000.01 for 6,000.00 and 4,000.00: 3,000.006 and 2,000.004, the penny to the larger remainder, 0.6 against 0.4."},
			start:      "2021-03-08", weeks: 3,
			terms: func(d *model.Delivery, f *model.Facility) {
				d.FixedPerQuarter = []model.DatedAmount{{Amount: pounds("30000")}}
				d.ClaimsPaidAfter = 30
				f.Investors = []model.Investor{{Name: "A", Commitment: pounds("6000"), Rank: 1}, {Name: "B", Commitment: pounds("4000")}}
			},
			payments: []string{"5000.01"},
			want: []string{
				"2021-03-31 - 10000.00 6000.00+4000.00 -+- -+- - - -",
				"2021-04-30 5000.01 - -+- -+- 3000.01+2000.00 - - -",
			},
			sums: "10000.00 2021-03-31 -4999.99 10000.00 0.00",
		},
		{
			name: "on schedule, with a reserve and an end of drawing",
			arithmetic: []string{
				"Half of 8,000.00 is drawn on 15 January; the other half is due on 15 April, after the last day for draws.",
				"30 April: 1,000.00 + 6,000.00 - 1,000.00 - 2,000.00 for May and June - 500.00 of reserve = 3,500.00.",
				"30 July is the last day: 500.00 of reserve and 3,000.00, of which 500.00 is owed and the rest is residual.",
			},
			start: "2021-01-01", weeks: 25,
			terms: func(d *model.Delivery, f *model.Facility) {
				d.FixedPerQuarter, d.ClaimsPaidAfter = []model.DatedAmount{{Amount: pounds("3000")}}, 30
				f.Investors, f.Drawing = []model.Investor{{Name: "Bank", Commitment: pounds("8000")}}, model.OnSchedule
				f.Tranches = []model.Tranche{{On: calendar.NewDate(2021, 1, 15), Share: pounds("0.5")}, {On: calendar.NewDate(2021, 4, 15), Share: pounds("0.5")}}
				f.DrawsUntil, f.Reserve = calendar.NewDate(2021, 4, 1), pounds("500")
			},
			payments: []string{"6000", "3000"},
			want: []string{
				"2021-01-15 - - 4000.00 - - - - 4000.00",
				"2021-01-31 - 1000.00 - - - - - 3000.00",
				"2021-02-28 - 1000.00 - - - - - 2000.00",
				"2021-03-31 - 1000.00 - - - - - 1000.00",
				"2021-04-30 6000.00 1000.00 - - 3500.00 - - 2500.00",
				"2021-05-31 - 1000.00 - - - - - 1500.00",
				"2021-06-30 - 1000.00 - - - - - 500.00",
				"2021-07-30 3000.00 - - - 3500.00 - - -",
			},
			sums: "3000.00 2021-03-31 3000.00 4000.00 0.00",
		},
		{
			name: "nothing repaid before a day",
			arithmetic: []string{
				"£1,000.00 a month; 3,000.00 is drawn by March. 9,000.00 comes on 30 April and stays: 8,000.00, 7,000.00, 6,000.00.",
				"On 30 July all goes out: 3,000.00 owed and 7,000.00 of residual.",
			},
			start: "2021-01-01", weeks: 25,
			terms: func(d *model.Delivery, f *model.Facility) {
				d.FixedPerQuarter, d.ClaimsPaidAfter = []model.DatedAmount{{Amount: pounds("3000")}}, 30
				f.RepayFrom = calendar.NewDate(2021, 5, 1)
			},
			payments: []string{"9000", "4000"},
			want: []string{
				"2021-01-31 - 1000.00 1000.00 - - - - -",
				"2021-02-28 - 1000.00 1000.00 - - - - -",
				"2021-03-31 - 1000.00 1000.00 - - - - -",
				"2021-04-30 9000.00 1000.00 - - - - - 8000.00",
				"2021-05-31 - 1000.00 - - - - - 7000.00",
				"2021-06-30 - 1000.00 - - - - - 6000.00",
				"2021-07-30 4000.00 - - - 10000.00 - - -",
			},
			sums: "3000.00 2021-03-31 7000.00 3000.00 0.00",
		},
		{
			name: "no recycling",
			arithmetic: []string{
				"Every 1,000.00 is drawn until 4,500.00 is, though 2,000.00 comes in on 30 April: that is repaid at once. The shortfall",
				"of 500.00 + 1,000.00 comes back first on 30 July, then 2,500.00 that is owed; 1,000.00 is residual.",
			},
			start: "2021-01-01", weeks: 25,
			terms: func(d *model.Delivery, f *model.Facility) {
				d.FixedPerQuarter, d.ClaimsPaidAfter = []model.DatedAmount{{Amount: pounds("3000")}}, 30
				f.Investors, f.NoRecycling = []model.Investor{{Name: "Bank", Commitment: pounds("4500")}}, true
			},
			payments: []string{"2000", "5000"},
			want: []string{
				"2021-01-31 - 1000.00 1000.00 - - - - -",
				"2021-02-28 - 1000.00 1000.00 - - - - -",
				"2021-03-31 - 1000.00 1000.00 - - - - -",
				"2021-04-30 2000.00 1000.00 1000.00 - 2000.00 - - -",
				"2021-05-31 - 1000.00 500.00 - - 500.00 - -",
				"2021-06-30 - 1000.00 - - - 1000.00 - -",
				"2021-07-30 5000.00 - - - 3500.00 - 1500.00 -",
			},
			sums: "4000.00 2021-06-30 1000.00 4500.00 1500.00",
		},
		{
			name: "claims paid on the last day of the quarter",
			arithmetic: []string{
				"31 March: 4,000.00 - 1,000.00 for March, and 2,000.00 is kept for April and May. June's receipts are there for June:",
				"1,500.00 - 1,000.00 = 500.00, of the 1,000.00 still owed.",
			},
			start: "2021-01-01", weeks: 25,
			terms: func(d *model.Delivery, _ *model.Facility) {
				d.FixedPerQuarter = []model.DatedAmount{{Amount: pounds("3000")}}
			},
			payments: []string{"4000", "1500"},
			want: []string{
				"2021-01-31 - 1000.00 1000.00 - - - - -",
				"2021-02-28 - 1000.00 1000.00 - - - - -",
				"2021-03-31 4000.00 1000.00 - - 1000.00 - - 2000.00",
				"2021-04-30 - 1000.00 - - - - - 1000.00",
				"2021-05-31 - 1000.00 - - - - - -",
				"2021-06-30 1500.00 1000.00 - - 500.00 - - -",
			},
			sums: "2000.00 2021-02-28 -500.00 2000.00 0.00",
		},
		{
			name: "no recycling, on schedule",
			arithmetic: []string{
				"All of 6,000.00 is there from 15 January and pays every cost. Of the 4,000.00 of cash on 30 April only the receipts,",
				"2,000.00, go to the investor. On 30 July 4,000.00 is owed, and 1,000.00 is residual.",
			},
			start: "2021-01-01", weeks: 25,
			terms: func(d *model.Delivery, f *model.Facility) {
				d.FixedPerQuarter, d.ClaimsPaidAfter = []model.DatedAmount{{Amount: pounds("3000")}}, 30
				f.Investors, f.NoRecycling = []model.Investor{{Name: "Bank", Commitment: pounds("6000")}}, true
				f.Drawing, f.Tranches = model.OnSchedule, []model.Tranche{{On: calendar.NewDate(2021, 1, 15), Share: pounds("1")}}
			},
			payments: []string{"2000", "5000"},
			want: []string{
				"2021-01-15 - - 6000.00 - - - - 6000.00",
				"2021-01-31 - 1000.00 - - - - - 5000.00",
				"2021-02-28 - 1000.00 - - - - - 4000.00",
				"2021-03-31 - 1000.00 - - - - - 3000.00",
				"2021-04-30 2000.00 1000.00 - - 2000.00 - - 2000.00",
				"2021-05-31 - 1000.00 - - - - - 1000.00",
				"2021-06-30 - 1000.00 - - - - - -",
				"2021-07-30 5000.00 - - - 5000.00 - - -",
			},
			sums: "4000.00 2021-06-30 1000.00 6000.00 0.00",
		},
		{
			name: "nobody commits anything, or a penny",
			arithmetic: []string{
				"March is a third of £300.00. 0.01 of 100.00 is drawn, 99.99 is a shortfall and comes back first. The residual goes by",
				"commitments: all to Penny.",
			},
			start: "2021-03-08", weeks: 3,
			terms: func(d *model.Delivery, f *model.Facility) {
				d.FixedPerQuarter, d.ClaimsPaidAfter = []model.DatedAmount{{Amount: pounds("300")}}, 30
				f.Investors = []model.Investor{{Name: "None"}, {Name: "Penny", Commitment: pounds("0.01")}}
			},
			payments: []string{"110"},
			want: []string{
				"2021-03-31 - 100.00 -+0.01 -+- -+- 99.99 - -",
				"2021-04-30 110.00 - -+- -+- -+10.01 - 99.99 -",
			},
			sums: "100.00 2021-03-31 10.00 0.01 99.99",
		},
		{
			name:       "two who commit nothing share a residual",
			arithmetic: []string{"March's third of £300.00, 100.00, is a shortfall. Of 110.01 it takes 100.00; 10.01 in two equal parts is 5.01 and 5.00, for of equal remainders the first has the penny."},
			start:      "2021-03-08", weeks: 3,
			terms: func(d *model.Delivery, f *model.Facility) {
				d.FixedPerQuarter, d.ClaimsPaidAfter = []model.DatedAmount{{Amount: pounds("300")}}, 30
				f.Investors = []model.Investor{{Name: "A"}, {Name: "B"}}
			},
			payments: []string{"110.01"},
			want: []string{
				"2021-03-31 - 100.00 -+- -+- -+- 100.00 - -",
				"2021-04-30 110.01 - -+- -+- 5.01+5.00 - 100.00 -",
			},
			sums: "100.00 2021-03-31 10.01 0.00 100.00",
		},
		{
			name: "scale and disallowed",
			arithmetic: []string{
				"Scale 1.5: March's third of £300.03 is £100.01; × 1.5 = 150.015, £150.02. Of 100.10 a share of 0.025, 2.5025, is never",
				"received: 2.50, leaving 97.60.",
			},
			start: "2021-03-08", weeks: 3,
			terms: func(d *model.Delivery, _ *model.Facility) {
				d.Scale = decimal.NewNullDecimal(pounds("1.5"))
				d.FixedPerQuarter, d.ClaimsPaidAfter = []model.DatedAmount{{Amount: pounds("300.03")}}, 30
				d.Disallowed = pounds("0.025")
			},
			payments: []string{"100.10"},
			want:     []string{"2021-03-31 - 150.02 150.02 - - - - -", "2021-04-30 97.60 - - - 97.60 - - -"},
			sums:     "150.02 2021-03-31 -52.42 150.02 0.00",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := small(date(t, c.start), c.weeks)
			p.Facility = &model.Facility{}
			c.terms(p.Delivery, p.Facility)
			f := follow(t, p, contract.NewCounts[int64](p.Shape()), paid(p, c.payments...))
			heading := "day receipts costs drawn interest repaid shortfall shortfall-repaid cash\n"
			require.Equal(t, heading+strings.Join(c.want, "\n"), heading+strings.Join(f.table(), "\n"), strings.Join(c.arithmetic, "\n"))
			require.Equal(t, c.sums, fmt.Sprintf("%s %s %s %s %s", contract.Pounds(f.Requirement).StringFixed(2), f.RequiredOn,
				contract.Pounds(f.Surplus).StringFixed(2), contract.Pounds(f.CapitalFigures.Drawn).StringFixed(2), contract.Pounds(f.CapitalFigures.Shortfall).StringFixed(2)))
		})
	}
}

// ranked is terms of two investors of whom one is repaid before the other.
func ranked(d *model.Delivery, f *model.Facility) {
	d.FixedPerQuarter, d.ClaimsPaidAfter = []model.DatedAmount{{Amount: pounds("30000")}}, 365
	f.PreferredReturn.Yearly = 0.1
	f.Investors = []model.Investor{
		{Name: "Senior", Commitment: pounds("6000"), Rank: 1, Residual: pounds("0.25")},
		{Name: "Junior", Commitment: pounds("4000"), Rank: 2, Residual: pounds("0.75")},
	}
}

// Costs that follow the children: £10 for each of 4 referred, £100 for each of 3
// who start, £1 a week for 20 weeks before the start and 30 after it.
func TestCostsOfChildren(t *testing.T) {
	p := small(calendar.NewDate(2021, time.March, 8), 3)
	p.Delivery.PerReferral, p.Delivery.PerStart, p.Delivery.PerCaseWeek = pounds("10"), pounds("100"), pounds("1")
	counts := contract.NewCounts[int64](p.Shape())
	counts.ReferredIn(0, 0)[0], counts.StartedIn(0, 0)[0], counts.PreparingIn(0, 0)[0] = 4, 3, 20
	for _, w := range []contract.Window{contract.Tracking, contract.AfterTracking} {
		for _, arm := range contract.Arms() {
			for state, name := range counts.Shape.States {
				cell := counts.WeeksIn(w, arm, 0, 0, state)
				if cell[0] = 1_000; name == "foster, planned" && w == contract.Tracking && arm == contract.Intervention {
					cell[0] = 30 // the only weeks that cost anything
				}
			}
		}
	}
	f := follow(t, p, counts, paid(p))
	lines := map[string]int64{}
	for i, name := range f.CostLines {
		lines[name] = f.Lines[i]
	}
	require.Equal(t, map[string]int64{"mobilisation": 0, "fixed": 0, "per referral": 40_00, "per start": 300_00, "per case week": 50_00, "wind-up": 0}, lines)
	require.Equal(t, int64(390_00), f.CapitalFigures.Costs)
	require.Equal(t, finance.AllLost, f.Consortium.RateIs)
	require.True(t, f.Consortium.MissesHurdle)
	require.Equal(t, 1, f.DaysBelow)
	require.Zero(t, f.PaidBack)
}

// Five pence in four parts: 0.3 of it is 1.5, three times, and yet no more than
// five pence is ever drawn.
func TestTranchesOfPennies(t *testing.T) {
	p := small(calendar.NewDate(2021, time.January, 1), 25)
	p.Delivery.FixedPerQuarter = []model.DatedAmount{{Amount: pounds("3000")}}
	p.Facility = &model.Facility{Investors: []model.Investor{{Name: "Bank", Commitment: pounds("0.05")}}}
	for i, share := range []string{"0.3", "0.3", "0.3", "0.1"} {
		p.Facility.Tranches = append(p.Facility.Tranches, model.Tranche{On: calendar.NewDate(2021, time.Month(i+1), 1), Share: pounds(share)})
	}
	f := follow(t, p, contract.NewCounts[int64](p.Shape()), paid(p))
	require.Equal(t, []int64{2, 1, 2, 0, 0, 0}, f.Account.Drawn) // 1.5, 3.0, 4.5: rounded 2, 3, 5
}

// Where nothing but the preferred return is paid, it is the internal rate.
func TestPreferredReturnIsTheRate(t *testing.T) {
	p := small(calendar.NewDate(2021, time.February, 10), 60)
	p.Delivery.FixedPerQuarter, p.Delivery.ClaimsPaidAfter = []model.DatedAmount{{Amount: pounds("300000")}}, 91
	p.Facility = &model.Facility{Terms: model.Terms{PreferredReturn: model.Rate{Yearly: 0.083}}, Investors: []model.Investor{
		{Name: "A", Commitment: pounds("5000000"), Rank: 2, Residual: pounds("0")},
		{Name: "B", Commitment: pounds("3000000"), Rank: 1, Residual: pounds("0")},
		{Name: "C", Commitment: pounds("1"), Rank: 3, Residual: pounds("1")}, // takes the residual
	}}
	f := follow(t, p, contract.NewCounts[int64](p.Shape()), paid(p, "100000", "700000", "0", "400000", "0", "2000000"))
	for _, i := range f.CapitalFigures.Investors[:2] {
		require.Equal(t, finance.RateFound, i.RateIs)
		require.InDelta(t, 0.083, i.Rate, 1e-6)
	}
	require.Greater(t, f.CapitalFigures.Investors[2].Profit(), int64(100_000_00))
}

// What cannot be followed is refused, and what can only just be is followed.
func TestVeryLargeAmounts(t *testing.T) {
	p := small(calendar.NewDate(2021, time.January, 1), 25)
	most := pounds("100000000000")
	p.Delivery = &model.Delivery{
		Mobilisation: most, MobilisationMonths: 120, FixedPerQuarter: []model.DatedAmount{{Amount: most}},
		PerReferral: most, PerStart: most, PerCaseWeek: most, WindUp: most,
		Fees: []model.Fee{{Name: "a", PerQuarter: most, Once: most}}, ClaimsPaidAfter: 1830,
	}
	p.Facility = &model.Facility{Terms: model.Terms{Interest: model.Rate{Yearly: 1}, PreferredReturn: model.Rate{Yearly: 1}}, Reserve: most}
	counts := contract.NewCounts[int64](p.Shape())
	for _, cells := range [][]int64{counts.Weeks, counts.Referred, counts.Started, counts.Preparing} {
		for i := range cells {
			cells[i] = 1_000
		}
	}
	for _, f := range []followed{follow(t, p, counts, paid(p, "1")), follow(t, p, counts, paid(p, "90000000000000", "90000000000000"))} {
		requireBooksBalance(t, f)
		require.Equal(t, int64(80_070_000_000_000_000), f.CapitalFigures.Costs) // 8,007 times the largest amount
		require.Zero(t, f.CapitalFigures.Shortfall)
		require.False(t, math.IsNaN(f.Consortium.Rate) || math.IsNaN(f.Value))
	}

	p.Weeks, p.Delivery.Uplift = 52*60, 1
	_, err := finance.NewCash(p, contract.Constant)
	require.ErrorContains(t, err, "delivery: ")
	require.ErrorContains(t, err, "too large to be counted to £0.01")
}

// Returns that compound for sixty years pass what pence can hold.
func TestSixtyYearsOfInterest(t *testing.T) {
	p := small(calendar.NewDate(2021, time.January, 1), 52*60)
	p.Delivery.Mobilisation, p.Delivery.MobilisationMonths = pounds("1000000"), 1
	for _, f := range []model.Facility{
		{Terms: model.Terms{PreferredReturn: model.Rate{Yearly: 1}}},
		{Terms: model.Terms{Interest: model.Rate{Yearly: 1}}},
		{Terms: model.Terms{Interest: model.Rate{Yearly: 1}, PreferredReturn: model.Rate{Yearly: 1}}, NoRecycling: true, Investors: []model.Investor{{Name: "A", Commitment: pounds("600000")}, {Name: "B", Commitment: pounds("600000")}}},
	} {
		p.Facility = &f
		l := paid(p)
		for q := range l.Payments {
			l.Payments[q] = 100
		}
		requireBooksBalance(t, follow(t, p, contract.NewCounts[int64](p.Shape()), l))
	}
}

func TestNewCashRefuses(t *testing.T) {
	p := small(calendar.NewDate(9999, time.January, 1), 50)
	_, err := finance.NewCash(p, contract.Constant)
	require.NoError(t, err)
	p.Delivery.ClaimsPaidAfter = 1
	_, err = finance.NewCash(p, contract.Constant)
	require.ErrorContains(t, err, "9999")
	p.Delivery = nil
	_, err = finance.NewCash(p, contract.Constant)
	require.True(t, errors.Is(err, finance.ErrNoDelivery))
}
