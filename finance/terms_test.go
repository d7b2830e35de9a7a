package finance_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Terms by investor, by hand. One cost of £10,000 falls on 31 March 2021, unless a
// case says otherwise, and claims are paid 365 days after the quarter: those of
// January to March 2021 on 31 March 2022, of April to June on 30 June 2022 and so on.
func TestTermsByHand(t *testing.T) {
	day := func(s string) calendar.Date { return date(t, s) }
	own := func(terms model.Terms) *model.Terms { return &terms }
	rate := func(yearly float64) model.Rate { return model.Rate{Yearly: yearly} }
	for _, test := range []struct {
		name       string
		arithmetic []string
		costs      []model.DatedAmount
		weeks      int // 55, to 27 March 2022, if 0
		facility   model.Facility
		payments   []string
		want       []string // day receipts costs drawn fees interest repaid guaranteed found back cash
		rates      []float64
	}{
		{
			name: "senior at 6% and junior at 8%, rolled up",
			arithmetic: []string{
				"31 March 2022, 365 days later: 6,000.00 × 1.06 = 6,360.00 to the senior; the junior is owed 4,000.00 × 1.08 = 4,320.00 and",
				"gets the 1,640.00 left. 31 March 2023: 2,680.00 × 1.08 = 2,894.40, and 5,000.00 - 2,894.40 = 2,105.60 of surplus to the",
				"provider, who commits nothing. The senior earns 6%, the junior 8%.",
			},
			facility: model.Facility{Investors: []model.Investor{
				{Name: "Senior", Commitment: pounds("6000"), Rank: 1, Terms: own(model.Terms{Interest: rate(0.06), RolledUp: true})},
				{Name: "Junior", Commitment: pounds("4000"), Rank: 2, Terms: own(model.Terms{Interest: rate(0.08), RolledUp: true})},
				{Name: "Provider", Residual: pounds("1"), Provider: true},
			}},
			payments: []string{"8000", "0", "0", "0", "5000"},
			want: []string{
				"2021-03-31 0 10000.00 6000.00+4000.00+0 0 0 0 0 0 0 0",
				"2022-03-31 8000.00 0 0 0 0 6360.00+1640.00+0 0 0 0 0",
				"2023-03-31 5000.00 0 0 0 0 0+2894.40+2105.60 0 0 0 0",
			},
			rates: []float64{0.06, 0.08},
		},
		{
			name: "interest in cash and a bullet",
			arithmetic: []string{
				"Drawn 10,000.00 on 31 March 2021. A quarter's interest at 6%: 91 days 10,000.00 × (1.06^(91/365) - 1) = 146.33, 92 days",
				"147.96, 92 days 147.95, 90 days 144.71, 91 days 146.34, for fractions of a penny are carried on. There is no cash before 31 March 2022, so that the provider finds it:",
				"442.24 by then, repaid first. The capital waits for 30 June 2022, when 10,000.00 of 11,413.05 - 146.34 is paid.",
			},
			facility: model.Facility{Investors: []model.Investor{
				{Name: "Bank", Commitment: pounds("10000"), Terms: own(model.Terms{Interest: rate(0.06), RepaidOn: day("2022-06-30")})},
				{Name: "Provider", Residual: pounds("1"), Provider: true},
			}},
			payments: []string{"12000"},
			want: []string{
				"2021-03-31 0 10000.00 10000.00+0 0 0 0 0 0 0 0",
				"2021-06-30 0 0 0 0 146.33+0 0 0 146.33 0 0",
				"2021-09-30 0 0 0 0 147.96+0 0 0 147.96 0 0",
				"2021-12-31 0 0 0 0 147.95+0 0 0 147.95 0 0",
				"2022-03-31 12000.00 0 0 0 144.71+0 0 0 0 442.24 11413.05",
				"2022-06-30 0 0 0 0 146.34+0 10000.00+0 0 0 0 1266.71",
				"2023-03-31 0 0 0 0 0 0+1266.71 0 0 0 0",
			},
			rates: []float64{0.06},
		},
		{
			name: "a first-loss grant is drawn first and never repaid",
			arithmetic: []string{
				"Of 10,000.00 the grant, rank 3, gives 3,000.00 before the others. The junior, rank 2, is next with 4,000.00 and the senior",
				"gives the 3,000.00 left. Of 8,000.00 the senior has 3,000.00 back, then the junior 4,000.00; what is left is theirs by",
				"what they commit, 6 to 4: 600.00 and 400.00.",
			},
			facility: model.Facility{DrawOrder: model.FirstLoss, Investors: []model.Investor{
				{Name: "Senior", Commitment: pounds("6000"), Rank: 1},
				{Name: "Junior", Commitment: pounds("4000"), Rank: 2},
				{Name: "Foundation", Commitment: pounds("3000"), Rank: 3, Terms: own(model.Terms{Grant: true})},
			}},
			payments: []string{"8000"},
			want: []string{
				"2021-03-31 0 10000.00 3000.00+4000.00+3000.00 0 0 0 0 0 0 0",
				"2022-03-31 8000.00 0 0 0 0 3000.00+4000.00+0 0 0 0 1000.00",
				"2023-03-31 0 0 0 0 0 600.00+400.00+0 0 0 0 0",
			},
		},
		{
			name: "what an earlier tranche released is drawn first",
			arithmetic: []string{
				"The first can give 2,000.00 from January and 4,000.00 from March, the second 5,000.00 from March: of 10,000.00 the first",
				"2,000.00 from January's, then 8,000.00 of March's 2,000.00 and 5,000.00 - but that is 7,000.00: the first gives",
				"4,000.00, the second 5,000.00, and 1,000.00 is missing.",
			},
			facility: model.Facility{DrawOrder: model.ByTranches, Investors: []model.Investor{
				{Name: "First", Commitment: pounds("4000"), Tranches: []model.Tranche{{On: day("2021-01-15"), Share: pounds("0.5")}, {On: day("2021-03-15"), Share: pounds("0.5")}}},
				{Name: "Second", Commitment: pounds("5000"), Tranches: []model.Tranche{{On: day("2021-03-15"), Share: pounds("1")}}},
			}},
			payments: []string{"12000"},
			want: []string{
				"2021-03-31 0 10000.00 4000.00+5000.00 0 0 0 0 1000.00 0 0",
				"2022-03-31 12000.00 0 0 0 0 4000.00+5000.00 0 0 1000.00 2000.00",
				"2023-03-31 0 0 0 0 0 888.89+1111.11 0 0 0 0",
			},
		},
		{
			name: "what was released later is shared by what is left of it",
			arithmetic: []string{
				"Of 10,000.00 the first gives its 2,000.00 of January. The 8,000.00 left are shared by what March released: 6,000.00 of the",
				"first and 10,000.00 of the second, 3,000.00 and 5,000.00.",
			},
			facility: model.Facility{DrawOrder: model.ByTranches, Investors: []model.Investor{
				{Name: "First", Commitment: pounds("8000"), Tranches: []model.Tranche{{On: day("2021-01-15"), Share: pounds("0.25")}, {On: day("2021-03-15"), Share: pounds("0.75")}}},
				{Name: "Second", Commitment: pounds("10000"), Tranches: []model.Tranche{{On: day("2021-03-15"), Share: pounds("1")}}},
			}},
			payments: []string{"10000"},
			want: []string{
				"2021-03-31 0 10000.00 5000.00+5000.00 0 0 0 0 0 0 0",
				"2022-03-31 10000.00 0 0 0 0 5000.00+5000.00 0 0 0 0",
			},
		},
		{
			name: "a commitment that revolves",
			arithmetic: []string{
				"Of 10,000.00 that is out, 4,000.00 is repaid on 31 March 2022, and drawn again for 3,000.00 of April 2022 and 1,000.00 of",
				"May. The 2,000.00 left of May and June's 3,000.00 are a shortfall, for receipts do not pay costs here: it is repaid on",
				"30 June, and then 1,000.00 to the investor.",
			},
			weeks: 68,
			costs: []model.DatedAmount{{Amount: pounds("30000")}, {From: day("2021-04-01")}, {From: day("2022-04-01"), Amount: pounds("9000")}},
			facility: model.Facility{
				NoRecycling: true,
				Investors:   []model.Investor{{Name: "Fund", Commitment: pounds("10000"), Terms: own(model.Terms{Revolving: true})}},
			},
			payments: []string{"4000", "6000", "0", "0", "2000"},
			want: []string{
				"2021-03-31 0 10000.00 10000.00 0 0 0 0 0 0 0",
				"2022-03-31 4000.00 0 0 0 0 4000.00 0 0 0 0",
				"2022-04-30 0 3000.00 3000.00 0 0 0 0 0 0 0",
				"2022-05-31 0 3000.00 1000.00 0 0 0 0 2000.00 0 0",
				"2022-06-30 6000.00 3000.00 0 0 0 1000.00 0 3000.00 5000.00 0",
				"2023-03-31 2000.00 0 0 0 0 2000.00 0 0 0 0",
			},
		},
		{
			name: "a reserve that is drawn at close is used last",
			arithmetic: []string{
				"The account begins on 31 March 2021: the reserve of 1,500.00 is drawn, then 10,000.00 for the cost. Each month from April",
				"costs 1,000.00: 500.00 is left to draw in April, and the reserve meets 500.00 then and 1,000.00 in May; 1,000.00 of June is",
				"a shortfall. Then costs end. Of 3,000.00 on 31 March 2022, 1,000.00 goes to the shortfall; 1,500.00 fills the reserve, and",
				"500.00 is paid out. On the last day there is nothing to keep it for.",
			},
			costs: []model.DatedAmount{{Amount: pounds("30000")}, {From: day("2021-04-01"), Amount: pounds("3000")}, {From: day("2021-07-01")}},
			facility: model.Facility{
				Reserve: pounds("1500"), ReserveDrawn: true,
				Investors: []model.Investor{{Name: "Fund", Commitment: pounds("12000")}},
			},
			payments: []string{"3000"},
			want: []string{
				"2021-03-31 0 10000.00 11500.00 0 0 0 0 0 0 1500.00",
				"2021-04-30 0 1000.00 500.00 0 0 0 0 0 0 1000.00",
				"2021-05-31 0 1000.00 0 0 0 0 0 0 0 0",
				"2021-06-30 0 1000.00 0 0 0 0 0 1000.00 0 0",
				"2022-03-31 3000.00 0 0 0 0 500.00 0 0 1000.00 1500.00",
				"2023-03-31 0 0 0 0 0 1500.00 0 0 0 0",
			},
		},
		{
			name: "interest leaves the reserve alone",
			arithmetic: []string{
				"Interest is drawn each quarter: 10,000.00 × (1.05^(91/365) - 1) = 122.38, then 125.26 and 126.80 of what is out. 31 March",
				"2022: of 3,000.00 received 125.56 is interest, 1,500.00 is kept and 1,374.44 repays the fund. Interest is drawn again,",
				"110.15, 112.72 and 114.12, until the last day, when the reserve pays 113.01 of it and the other 1,386.99 is repaid.",
			},
			facility: model.Facility{
				Reserve: pounds("1500"), Terms: model.Terms{Interest: rate(0.05)},
				Investors: []model.Investor{{Name: "Fund", Commitment: pounds("20000")}},
			},
			payments: []string{"3000"},
			want: []string{
				"2021-03-31 0 10000.00 10000.00 0 0 0 0 0 0 0",
				"2021-06-30 0 0 122.38 0 122.38 0 0 0 0 0",
				"2021-09-30 0 0 125.26 0 125.26 0 0 0 0 0",
				"2021-12-31 0 0 126.80 0 126.80 0 0 0 0 0",
				"2022-03-31 3000.00 0 0 0 125.56 1374.44 0 0 0 1500.00",
				"2022-06-30 0 0 110.15 0 110.15 0 0 0 0 1500.00",
				"2022-09-30 0 0 112.72 0 112.72 0 0 0 0 1500.00",
				"2022-12-31 0 0 114.12 0 114.12 0 0 0 0 1500.00",
				"2023-03-31 0 0 0 0 113.01 1386.99 0 0 0 0",
			},
		},
		{
			name: "a guarantee of 75% of the capital, and the whole position of who gave it",
			arithmetic: []string{
				"Of 10,000.00 the investor gets 4,000.00 back: 3,500.00 is missing of 75%, and the council pays it on the last day.",
			},
			facility: model.Facility{
				Investors: []model.Investor{{Name: "Fund", Commitment: pounds("10000"), Guarantee: &model.Guarantee{By: "Derby", Share: pounds("0.75")}}},
			},
			payments: []string{"4000"},
			want: []string{
				"2021-03-31 0 10000.00 10000.00 0 0 0 0 0 0 0",
				"2022-03-31 4000.00 0 0 0 0 4000.00 0 0 0 0",
				"2023-03-31 0 0 0 0 0 3500.00 3500.00 0 0 0",
			},
		},
		{
			name: "a fee on what is committed and not drawn",
			arithmetic: []string{
				"10,000.00 of 15,000.00 is drawn on 31 March 2021, and nothing after 31 December: 1% of 5,000.00 over 91, 92 and 92 days",
				"is 5,000.00 × (1.01^(91/365) - 1) = 12.42, drawn in turn; of 4,987.58 over 92 days 12.52, of 4,975.06 12.50, with the fractions of a penny left over.",
			},
			facility: model.Facility{
				DrawsUntil: day("2021-12-31"),
				Investors:  []model.Investor{{Name: "Fund", Commitment: pounds("15000"), Terms: own(model.Terms{CommitmentFee: rate(0.01)})}},
			},
			payments: []string{"11000"},
			want: []string{
				"2021-03-31 0 10000.00 10000.00 0 0 0 0 0 0 0",
				"2021-06-30 0 0 12.42 12.42 0 0 0 0 0 0",
				"2021-09-30 0 0 12.52 12.52 0 0 0 0 0 0",
				"2021-12-31 0 0 12.50 12.50 0 0 0 0 0 0",
				"2022-03-31 11000.00 0 0 0 0 10037.44 0 0 0 962.56",
				"2023-03-31 0 0 0 0 0 962.56 0 0 0 0",
			},
		},
		{
			name: "a breach stops drawing, and another has somebody step in",
			arithmetic: []string{
				"11,000.00 is out at the end of April, above 10,500.00: nothing is drawn from May on, and the provider finds 1,000.00. By 15",
				"June 1.00 should have come in: Rescue finds the 1,000.00 of June. Of 5,000.00 on 31 March 2022 each has 1,000.00 back.",
			},
			costs: []model.DatedAmount{{Amount: pounds("30000")}, {From: day("2021-04-01"), Amount: pounds("3000")}, {From: day("2021-07-01")}},
			facility: model.Facility{
				Investors: []model.Investor{{Name: "Fund", Commitment: pounds("20000")}, {Name: "Provider", Provider: true}},
				Covenants: []model.Covenant{
					{Name: "drawn", DrawnAbove: decimal.NewNullDecimal(pounds("10500")), Then: model.StopDrawing},
					{Name: "receipts", ReceiptsBelow: decimal.NewNullDecimal(pounds("1")), On: day("2021-06-15"), Then: model.StepIn, StepsIn: "Rescue"},
				},
			},
			payments: []string{"5000"},
			want: []string{
				"2021-03-31 0 10000.00 10000.00+0 0 0 0 0 0 0 0",
				"2021-04-30 0 1000.00 1000.00+0 0 0 0 0 0 0 0",
				"2021-05-31 0 1000.00 0 0 0 0 0 1000.00+0 0 0",
				"2021-06-30 0 1000.00 0 0 0 0 0 0+1000.00 0 0",
				"2022-03-31 5000.00 0 0 0 0 3000.00+0 0 0 1000.00+1000.00 0",
			},
		},
		{
			name: "a sweep makes all capital due and ends the reserve",
			arithmetic: []string{
				"On 30 June 2022 4,000.00 has come in where 5,000.00 were due. Until then the bullet waits and 1,500.00 is kept of what goes",
				"to the junior. On 30 September 2022 all capital is due by rank: 3,500.00 to the senior.",
			},
			facility: model.Facility{
				Reserve: pounds("1500"),
				Investors: []model.Investor{
					{Name: "Senior", Commitment: pounds("6000"), Rank: 1, Terms: own(model.Terms{RepaidOn: day("2023-03-31")})},
					{Name: "Junior", Commitment: pounds("4000"), Rank: 2},
				},
				Covenants: []model.Covenant{{Name: "receipts", ReceiptsBelow: decimal.NewNullDecimal(pounds("5000")), On: day("2022-06-30"), Then: model.SweepAll}},
			},
			payments: []string{"4000", "0", "2000"},
			want: []string{
				"2021-03-31 0 10000.00 6000.00+4000.00 0 0 0 0 0 0 0",
				"2022-03-31 4000.00 0 0 0 0 0+2500.00 0 0 0 1500.00",
				"2022-09-30 2000.00 0 0 0 0 3500.00+0 0 0 0 0",
			},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := small(day("2021-03-08"), 55)
			p.Delivery.FixedPerQuarter, p.Delivery.ClaimsPaidAfter = []model.DatedAmount{{Amount: pounds("30000")}, {From: day("2021-04-01")}}, 365
			if test.costs != nil {
				p.Delivery.FixedPerQuarter = test.costs
			}
			if test.weeks > 0 {
				p.Weeks = test.weeks
			}
			p.Facility = &test.facility
			f := follow(t, p, contract.NewCounts[int64](p.Shape()), paid(p, test.payments...))
			require.Equal(t, strings.Join(test.want, "\n"), f.moves(), strings.Join(test.arithmetic, "\n"))
			requireBooksBalance(t, f)
			for i, rate := range test.rates {
				require.Equal(t, finance.RateFound, f.CapitalFigures.Investors[i].RateIs)
				require.InDelta(t, rate, f.CapitalFigures.Investors[i].Rate, 5e-6, f.Account.Investors[i])
			}
		})
	}
}

// moves is the account on the days on which money moves, with the amounts of every
// investor and finder.
func (f followed) moves() string {
	var lines []string
	n := len(f.Days)
	for day, on := range f.Days {
		cells := []string{on.String()}
		moves := false
		for _, amounts := range [][]int64{
			f.Account.Receipts, f.Account.Costs, f.Account.Drawn, f.Account.Fees, f.Account.Interest, f.Account.Repaid, f.Account.Guaranteed,
			f.Account.Shortfall, f.ShortfallRepaid, f.Cash,
		} {
			var parts []string
			none := true
			for at := day; at < len(amounts); at += n {
				text := "0"
				if amounts[at] != 0 {
					none, text = false, fmt.Sprintf("%d.%02d", amounts[at]/100, amounts[at]%100)
				}
				parts = append(parts, text)
			}
			if none {
				parts = parts[:1]
			}
			cells = append(cells, strings.Join(parts, "+"))
			moves = moves || !none && &amounts[0] != &f.Cash[0]
		}
		if moves {
			lines = append(lines, strings.Join(cells, " "))
		}
	}
	return strings.Join(lines, "\n")
}

// Interest by tiers of a cohort's rate, with a minimum for three years: the terms of
// the Newpin bond. £1,000 is out for 4 × 365 days from 31 March 2021 to 30 March 2025; the
// minimum of 5% holds for the first three.
func TestInterestByTheRateOfACohort(t *testing.T) {
	for _, test := range []struct {
		restored, referred float64
		owed               string // 1,000 × growth on the last day
	}{
		{70, 100, "1749.01"}, // 1.15^4 = 1.74900625
		{69, 100, "1573.52"}, // 1.12^4 = 1.57351936
		{13, 20, "1573.52"},  // 65% is in the tier
		{60, 100, "1335.47"}, // 1.075^4 = 1.335469
		{55, 100, "1192.35"}, // 1.05^3 × 1.03 = 1.157625 × 1.03 = 1.192354
		{54, 100, "1157.63"}, // 1.05^3, and nothing in the fourth year
		{0, 0, "1157.63"},    // nobody was referred: no rate, no tier
	} {
		p := small(date(t, "2021-03-08"), 200)
		p.Contract.Metrics[0].Trigger, p.Contract.Metrics[0].Ages = &contract.OnDate{Date: date(t, "2021-12-31")}, contract.AgeRange{}
		p.Delivery.FixedPerQuarter, p.Delivery.ClaimsPaidAfter = []model.DatedAmount{{Amount: pounds("3000")}, {From: date(t, "2021-04-01")}}, 90
		tier := func(from string, yearly float64) model.InterestTier {
			return model.InterestTier{From: pounds(from), Interest: model.Rate{Yearly: yearly}}
		}
		p.Facility = &model.Facility{Investors: []model.Investor{
			{Name: "Bond", Commitment: pounds("1000"), Terms: &model.Terms{RolledUp: true, RepaidOn: date(t, "2025-03-30"), InterestByRate: &model.InterestByRate{
				Metric: "M1", Tiers: []model.InterestTier{tier("0.7", 0.15), tier("0.65", 0.12), tier("0.6", 0.075), tier("0.55", 0.03)},
				AtLeast: model.Rate{Yearly: 0.05}, Until: date(t, "2024-03-30"),
			}}},
			{Name: "State", Residual: pounds("1")},
		}}
		l := paid(p, "5000")
		l.Rates = []contract.CohortRate{{Metric: "M1", Successes: test.restored, Referred: test.referred}}
		f := follow(t, p, contract.NewCounts[int64](p.Shape()), l)
		require.Equal(t, pounds(test.owed).Shift(2).IntPart(), f.Account.Repaid[slices.Index(f.Days, date(t, "2025-03-30"))], "%v of %v", test.restored, test.referred)
	}
}

// Interest in cash, with a minimum that ends within a quarter: £1,000 at 3%, and at least
// 5% up to and including 15 May 2024. January to March 2024, 91 days: 1,000.00 ×
// (1.05^(91/365) - 1) = 12.238. April to June, 45 and 46 days: 1,000.00 × (1.05^(45/365) ×
// 1.03^(46/365) - 1) = 9.788. July to September, 92 days: 1,000.00 × (1.03^(92/365) - 1) =
// 7.478. What is less than a penny is carried on.
func TestLeastInterestEndsWithinAQuarter(t *testing.T) {
	p := small(date(t, "2021-03-08"), 200)
	p.Contract.Metrics[0].Trigger, p.Contract.Metrics[0].Ages = &contract.OnDate{Date: date(t, "2021-12-31")}, contract.AgeRange{}
	p.Delivery.FixedPerQuarter, p.Delivery.ClaimsPaidAfter = []model.DatedAmount{{Amount: pounds("3000")}, {From: date(t, "2021-04-01")}}, 90
	p.Facility = &model.Facility{Investors: []model.Investor{
		{Name: "Bond", Commitment: pounds("1000"), Terms: &model.Terms{RepaidOn: date(t, "2025-03-30"), InterestByRate: &model.InterestByRate{
			Metric: "M1", Tiers: []model.InterestTier{{From: pounds("0.55"), Interest: model.Rate{Yearly: 0.03}}},
			AtLeast: model.Rate{Yearly: 0.05}, Until: date(t, "2024-05-15"),
		}}},
		{Name: "State", Residual: pounds("1"), Provider: true},
	}}
	l := paid(p, "5000")
	l.Rates = []contract.CohortRate{{Metric: "M1", Successes: 11, Referred: 20}}
	f := follow(t, p, contract.NewCounts[int64](p.Shape()), l)
	for day, want := range map[string]float64{"2024-03-31": 1223.8, "2024-06-30": 978.8, "2024-09-30": 747.8} {
		require.InDelta(t, want, f.Account.Interest[slices.Index(f.Days, date(t, day))], 1, day)
	}
}

// Nobody is repaid capital or a return on a day while an investor of a higher rank
// is owed what is due on that day. What each is owed is worked out here from the
// flows alone.
func TestNobodyIsPaidBeforeAHigherRank(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawAccount(t)
		if d.p.Facility == nil || len(d.p.Facility.Investors) == 0 {
			return
		}
		f, facility := d.follow(t), d.p.Facility
		n := len(f.Days)
		owed := make([]float64, len(facility.Investors)) // capital with the interest rolled up on it
		swept := false
		for day, on := range f.Days {
			last := day == n-1
			for i, investor := range facility.Investors {
				terms := facility.TermsOf(investor)
				if terms.RolledUp && day > 0 {
					owed[i] *= growth(terms.Interest.Yearly, on.Sub(f.Days[day-1]))
				}
				k := i*n + day
				owed[i] += float64(f.Account.Drawn[k])
				owed[i] = max(0, owed[i]-float64(f.Account.Repaid[k]))
			}
			for i, investor := range facility.Investors {
				terms := facility.TermsOf(investor)
				due := !terms.Grant && (last || swept || !terms.RepaidOn.IsZero() && !on.Before(terms.RepaidOn))
				if !due || owed[i] < 1.5 { // pennies of rounding
					continue
				}
				for j, other := range facility.Investors {
					if max(1, other.Rank) > max(1, investor.Rank) {
						k := j*n + day
						require.Equal(t, f.Account.Guaranteed[k], f.Account.Repaid[k], "%s is paid on %s while %s is owed %v", other.Name, on, investor.Name, owed[i])
					}
				}
			}
			for c, breach := range f.Account.Breached {
				swept = swept || breach == on && facility.Covenants[c].Then == model.SweepAll
			}
		}
	})
}

func growth(yearly float64, days int) float64 { return math.Pow(1+yearly, float64(days)/365) }

// An investor without tranches can be drawn from the first day, also where what an
// earlier tranche released is drawn first.
func TestByTrancheWithoutTranches(t *testing.T) {
	p := small(date(t, "2021-03-08"), 55)
	p.Delivery.FixedPerQuarter, p.Delivery.ClaimsPaidAfter = []model.DatedAmount{{Amount: pounds("30000")}, {From: date(t, "2021-04-01")}}, 365
	p.Facility = &model.Facility{DrawOrder: model.ByTranches, Investors: []model.Investor{
		{Name: "Later", Commitment: pounds("9000"), Tranches: []model.Tranche{{On: date(t, "2021-05-01"), Share: pounds("1")}}},
		{Name: "Now", Commitment: pounds("4000")},
	}}
	f := follow(t, p, contract.NewCounts[int64](p.Shape()), paid(p, "4000"))
	// On 31 March 2021 only 4,000.00 of 10,000.00 can be drawn.
	require.Equal(t, "2021-03-31 0 10000.00 0+4000.00 0 0 0 0 6000.00 0 0", strings.Split(f.moves(), "\n")[0])
}

// What is needed depends on the size of a facility where capital waits for a day or is
// never repaid.
func TestAnySize(t *testing.T) {
	require.True(t, (&model.Facility{}).AnySize())
	for _, f := range []model.Facility{
		{Terms: model.Terms{RepaidOn: date(t, "2024-01-01")}},
		{Investors: []model.Investor{{Terms: &model.Terms{Grant: true}}}},
		{Investors: []model.Investor{{Terms: &model.Terms{RepaidOn: date(t, "2024-01-01")}}}},
		{Reserve: pounds("1")},
		{Covenants: []model.Covenant{{}}},
	} {
		require.False(t, f.AnySize())
	}
}
