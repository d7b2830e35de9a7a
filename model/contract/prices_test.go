package contract_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// base is an index without inflation whose base is the first financial year of a
// shape, so that indexed amounts are as stated in it.
func base(s *contract.Shape) contract.PriceIndex {
	if len(s.Quarters) == 0 {
		return contract.PriceIndex{Base: 2020}
	}
	return contract.PriceIndex{Base: s.Quarters[0].FinancialYear()}
}

// pricing is a contract with Derby alone, priced by hand: 13 weeks of M1 and 10 of
// M2 in each quarter from January 2021 to June 2022. Inflation is 2% a year from
// 2020/21, so that the index is 1, 1.02 and 1.0404.
type pricing struct {
	name     string
	change   func(*contract.Terms)
	m1, m2   string // allowed by quarter
	reached  bool
	constant string // M1 in constant prices
}

func indexedTerms() contract.Terms {
	return contract.Terms{
		Metrics: []contract.Metric{
			{Name: "M1", Tariff: contract.Tariff{Amount: pounds("500"), Indexation: capped("0.03")}},
			{Name: "M2", Tariff: tariff("295")},
		},
		Payers: []contract.Payer{{Name: contract.ClaimingCommissioner, Shares: []contract.DatedShare{{Share: pounds("1")}}}},
	}
}

// M1 is in cash and rises 3% a year: 500.00, 515.00 and 530.45 a week. M2 keeps its
// value: 295.00, 295 × 1.02 = 300.90 and 295 × 1.0404 = 306.918, £306.92.
func pricings() []pricing {
	const m1, m2 = "6500.00 6695.00 6695.00 6695.00 6695.00 6895.85", "2950.00 3009.00 3009.00 3009.00 3009.00 3069.20"
	return []pricing{
		{
			name: "an indexed price beside one that keeps its value", change: func(*contract.Terms) {}, m1: m1, m2: m2,
			// 6,695 ÷ 1.02 = 6,563.7254…; 6,895.85 ÷ 1.0404 = 6,628.0757…
			constant: "6500.00 6563.73 6563.73 6563.73 6563.73 6628.08",
		},
		{
			// 10,000 - 9,450 = 550.00 is left on 31 March, and 561.00 on 1 April, shared as
			// 6,695 : 3,009, 387.0463… and 173.9536….
			name:   "what is left of a cap that keeps its value rises with inflation",
			change: func(t *contract.Terms) { t.Cap = capped("10000") },
			m1:     "6500.00 387.05 0.00 0.00 0.00 0.00", m2: "2950.00 173.95 0.00 0.00 0.00 0.00", reached: true,
		},
		{
			// 550.00 stays 550.00: 379.4572… and 170.5427….
			name:   "a cap in cash does not rise",
			change: func(t *contract.Terms) { t.Cap, t.CapIndexation = capped("10000"), capped("0") },
			m1:     "6500.00 379.46 0.00 0.00 0.00 0.00", m2: "2950.00 170.54 0.00 0.00 0.00 0.00", reached: true,
		},
		{
			// 30,000 - 6,500 = 23,500; × 1.1 = 25,850; less 4 × 6,695 it is passed in the last
			// quarter of 2021/22 at 25,850 - 20,085 = 5,765.00, and nothing is left to rise.
			name: "a metric's cap with an indexation of its own",
			change: func(t *contract.Terms) {
				t.Metrics[0].Cap = contract.MetricCap{Amount: capped("30000"), Indexation: capped("0.1")}
			},
			m1: "6500.00 6695.00 6695.00 6695.00 5765.00 0.00", m2: m2,
		},
		{
			// £20,000 a year is 20,400 in 2021/22: 9,704 twice leave 992.00, as 6,695 : 3,009,
			// 684.4023… and 307.5976…; in 2022/23 it is £20,808.
			name:   "the cap of a year is that of its own prices",
			change: func(t *contract.Terms) { t.YearCaps = []contract.YearCap{{Amount: pounds("20000")}} },
			m1:     "6500.00 6695.00 6695.00 684.40 0.00 6895.85", m2: "2950.00 3009.00 3009.00 307.60 0.00 3069.20",
		},
		{
			// £1,000 in April to June 2022 is 1,040.40, as 6,895.85 : 3,069.20, 719.9605… and
			// 320.4394….
			name: "a grant that keeps its value",
			change: func(t *contract.Terms) {
				t.Grants = []contract.Grant{{Quarter: calendar.NewQuarter(2022, 2), Amount: pounds("1000")}}
			},
			m1: "6500.00 6695.00 6695.00 6695.00 6695.00 719.96", m2: "2950.00 3009.00 3009.00 3009.00 3009.00 320.44",
		},
		{
			name: "a grant in cash of its quarter",
			change: func(t *contract.Terms) {
				t.Grants = []contract.Grant{{Quarter: calendar.NewQuarter(2022, 2), Amount: pounds("9965.05"), Indexation: capped("0")}}
			},
			m1: m1, m2: m2,
		},
	}
}

func TestHandComputedPrices(t *testing.T) {
	shape := &contract.Shape{Commissioners: []string{"Derby"}, Cohorts: []string{"all"}, States: []string{"home"}, Metrics: []string{"M1", "M2"}}
	for q := range 6 {
		shape.Quarters = append(shape.Quarters, calendar.NewQuarter(2021, 1).Add(q))
	}
	counts := contract.NewCounts[int64](shape)
	for q := range shape.Quarters {
		counts.Units[q], counts.Units[len(shape.Quarters)+q] = 13, 10
	}
	index := contract.PriceIndex{Base: 2020, Inflation: pounds("0.02")}
	for _, c := range pricings() {
		t.Run(c.name, func(t *testing.T) {
			terms := indexedTerms()
			c.change(&terms)
			for _, prices := range []contract.Prices{contract.Cash, contract.Constant} {
				pricer, err := contract.NewPricer(terms, contract.Care{}, shape, index, prices)
				require.NoError(t, err)
				ledger := pricer.NewLedger()
				contract.Price(pricer, counts, ledger)
				require.Equal(t, c.reached, ledger.CapReached)
				if prices == contract.Cash {
					require.Equal(t, c.m1, amountsOf(ledger.AllowedOf(0, 0)))
					require.Equal(t, c.m2, amountsOf(ledger.AllowedOf(1, 0)))
				} else if c.constant != "" {
					require.Equal(t, c.constant, amountsOf(ledger.AllowedOf(0, 0)))
				}
			}
		})
	}
}

func amountsOf(pence []int64) string {
	var all []string
	for _, p := range pence {
		all = append(all, contract.Pounds(p).StringFixed(2))
	}
	return strings.Join(all, " ")
}

// Unit costs by hand, in constant and in cash prices, around a price base of
// 2021/22. Growth of 7.3% a year goes back from the base too: 4,000 ÷ 1.073 =
// 3,727.8657…, and on: 4,000 × 1.073 = 4,292.
func TestHandComputedUnitCosts(t *testing.T) {
	shape := &contract.Shape{Commissioners: []string{"Derby"}, Cohorts: []string{"all"}, States: []string{"residential"}}
	for _, q := range []int{0, 1, 5} { // 2020/21, 2021/22 and 2022/23
		shape.Quarters = append(shape.Quarters, calendar.NewQuarter(2021, 1).Add(q))
	}
	counts := contract.NewCounts[int64](shape)
	for q := range shape.Quarters {
		counts.WeeksIn(contract.Tracking, contract.Intervention, 0, 0, 0)[q] = 1
	}
	for _, c := range []struct {
		cost           contract.UnitCost
		constant, cash string
	}{
		// It keeps its value: 4,000 ÷ 1.02 = 3,921.5686… in cash of 2020/21.
		{contract.UnitCost{PerWeek: pounds("4000")}, "4000.00 4000.00 4000.00", "3921.57 4000.00 4080.00"},
		// 3,727.87 ÷ 1.02 = 3,654.7745…; 4,292 × 1.02 = 4,377.84.
		{contract.UnitCost{PerWeek: pounds("4000"), Growth: pounds("0.073")}, "3727.87 4000.00 4292.00", "3654.77 4000.00 4377.84"},
		// Fixed in cash: 4,000 × 1.02 = 4,080 of the base year before it, 3,921.57 after.
		{contract.UnitCost{PerWeek: pounds("4000"), Indexation: capped("0")}, "4080.00 4000.00 3921.57", "4000.00 4000.00 4000.00"},
		// Cash that rises 5%: 4,000 ÷ 1.05 = 3,809.5238…, £3,809.52, × 1.02 = 3,885.7104.
		{contract.UnitCost{PerWeek: pounds("4000"), Indexation: capped("0.05")}, "3885.71 4000.00 4117.65", "3809.52 4000.00 4200.00"},
	} {
		c.cost.State = "residential"
		care := contract.Care{UnitCosts: []contract.UnitCost{c.cost}}
		for prices, want := range map[contract.Prices]string{contract.Constant: c.constant, contract.Cash: c.cash} {
			pricer, err := contract.NewPricer(contract.Terms{Payers: indexedTerms().Payers}, care, shape, contract.PriceIndex{Base: 2021, Inflation: pounds("0.02")}, prices)
			require.NoError(t, err)
			ledger := pricer.NewLedger()
			contract.Price(pricer, counts, ledger)
			require.Equal(t, want, amountsOf(ledger.CostsOf(contract.Tracking, contract.Intervention, 0, 0)), "%v %v", c.cost, prices)
		}
	}
}
