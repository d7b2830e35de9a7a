package contract_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Worked examples of claims, caps and payments, to the penny, for a reader
// with a pocket calculator. Each table has its arithmetic beside it. Amounts
// are in £ by quarter; a line of the ledger that a table does not name is £0
// in every quarter.

// byHand is one example. Metrics, commissioners and payers are named in the
// keys: "M1 / Derby" is the line of metric M1 and Derby, "Fund / Derby" what
// the fund pays of Derby's claims.
type byHand struct {
	name       string
	arithmetic []string // printed if the figures differ

	first    string // quarter
	councils []string
	metrics  []contract.Metric
	units    map[string][]int64 // paid units by line and quarter
	cap      string             // of the contract, in £; empty for none
	yearCaps map[string]string  // by financial year, in £; empty for every other year
	grants   map[string]string  // by quarter, in £
	payers   []contract.Payer   // nil: commissioners pay everything themselves

	claims  map[string]string // units × tariff, before caps
	allowed map[string]string // after caps; nil: as claims
	paid    map[string]string // by whom; nil: allowed claims, by the commissioner
}

const (
	notts = "Nottinghamshire"
	derby = "Derby"
)

func tariff(amount string) contract.Tariff { return contract.Tariff{Amount: pounds(amount)} }

// fundShares are a fund with 27.5% of every claim, listed first, and the
// commissioners with the rest.
func fundShares() []contract.Payer {
	return []contract.Payer{
		{Name: "Fund", Shares: always("0.275")},
		{Name: contract.ClaimingCommissioner, Shares: always("0.725")},
	}
}

// fixedShares are a fund, listed first where it has a share, Nottinghamshire and
// Derby with fixed shares of all claims.
func fixedShares(fund, nottinghamshire, ofDerby string) []contract.Payer {
	list := []contract.Payer{{Name: notts, Shares: always(nottinghamshire)}, {Name: derby, Shares: always(ofDerby)}}
	if fund != "" {
		list = slices.Insert(list, 0, contract.Payer{Name: "Fund", Shares: always(fund)})
	}
	return list
}

func handCases() []byHand {
	return []byHand{
		{
			name: "a tariff for each commissioner, indexed on 1 April",
			arithmetic: []string{
				"A child in Nottinghamshire is paid for 13 weeks in every quarter, one in Derby for 2.",
				"Indexation 3.1% from the price base year, 2020/21. A price is rounded to the penny once for each year.",
				"Nottinghamshire: £500.00 to March 2021; 500.00 × 1.031 = £515.50; 500.00 × 1.031² = 531.4805, £531.48.",
				"Derby: £305.00; 305.00 × 1.031 = 314.455, half a penny up, £314.46; 305.00 × 1.031² = 324.203105, £324.20.",
				"Weeks × tariff: 13 × 500.00 = 6,500.00; 13 × 515.50 = 6,701.50; 13 × 531.48 = 6,909.24;",
				"2 × 305.00 = 610.00; 2 × 314.46 = 628.92; 2 × 324.20 = 648.40.",
			},
			first: "Q4 2020/21",
			metrics: []contract.Metric{{Name: "M1", Tariff: contract.Tariff{
				Amount: pounds("500"), ByCommissioner: amounts{derby: pounds("305")}, Indexation: decimal.NewNullDecimal(pounds("0.031")),
			}}},
			units: map[string][]int64{"M1 / Nottinghamshire": {13, 13, 13, 13, 13, 13}, "M1 / Derby": {2, 2, 2, 2, 2, 2}},
			claims: map[string]string{
				"M1 / Nottinghamshire": "6500.00 6701.50 6701.50 6701.50 6701.50 6909.24",
				"M1 / Derby":           "610.00 628.92 628.92 628.92 628.92 648.40",
			},
		},
		{
			name: "a programme that starts in April is not indexed in its first year",
			arithmetic: []string{
				"One week a quarter at £100.00, indexation 5%: the first 1 April after the first quarter is that of 2022.",
			},
			first:   "Q1 2021/22",
			metrics: []contract.Metric{{Name: "M1", Tariff: contract.Tariff{Amount: pounds("100"), Indexation: decimal.NewNullDecimal(pounds("0.05"))}}},
			units:   map[string][]int64{"M1 / Derby": {1, 1, 1, 1, 1}},
			claims:  map[string]string{"M1 / Derby": "100.00 100.00 100.00 100.00 105.00"},
		},
		{
			name: "a metric capped in weeks",
			arithmetic: []string{
				"Cap 30 weeks at £500.00. First quarter: 13 + 6 = 19 weeks, 11 are left.",
				"Second quarter: 13 + 13 weeks claimed, 11 left, 5½ each: 5 whole weeks each, and the odd week goes",
				"by name to Derby: 6 × 500 = 3,000.00 and 5 × 500 = 2,500.00. Third quarter: nothing is left.",
				"M2 has no cap and is paid throughout.",
			},
			first: "Q4 2020/21",
			metrics: []contract.Metric{
				{Name: "M1", Tariff: tariff("500"), Cap: contract.MetricCap{Units: capped("30")}},
				{Name: "M2", Tariff: tariff("295")},
			},
			units: map[string][]int64{
				"M1 / Nottinghamshire": {13, 13, 13}, "M1 / Derby": {6, 13, 13}, "M2 / Derby": {0, 0, 4},
			},
			claims: map[string]string{
				"M1 / Nottinghamshire": "6500.00 6500.00 6500.00", "M1 / Derby": "3000.00 6500.00 6500.00", "M2 / Derby": "0.00 0.00 1180.00",
			},
			allowed: map[string]string{
				"M1 / Nottinghamshire": "6500.00 2500.00 0.00", "M1 / Derby": "3000.00 3000.00 0.00", "M2 / Derby": "0.00 0.00 1180.00",
			},
		},
		{
			name: "a metric capped in £",
			arithmetic: []string{
				"Cap £10,000.00. First quarter: 6,500 + 3,000 = 9,500, £500.00 is left.",
				"Second quarter: £500.00 in the ratio 6,500 : 3,000 is 342.1052… and 157.8947…: £342.10 and £157.89, and the",
				"odd penny goes to the larger remainder (0.52… of a penny against 0.47…): £342.11 to Nottinghamshire.",
			},
			first:   "Q4 2020/21",
			metrics: []contract.Metric{{Name: "M1", Tariff: tariff("500"), Cap: contract.MetricCap{Amount: capped("10000")}}},
			units:   map[string][]int64{"M1 / Nottinghamshire": {13, 13, 13}, "M1 / Derby": {6, 6, 6}},
			claims: map[string]string{
				"M1 / Nottinghamshire": "6500.00 6500.00 6500.00", "M1 / Derby": "3000.00 3000.00 3000.00",
			},
			allowed: map[string]string{
				"M1 / Nottinghamshire": "6500.00 342.11 0.00", "M1 / Derby": "3000.00 157.89 0.00",
			},
		},
		{
			name: "a metric capped in weeks and in £",
			arithmetic: []string{
				"Tariff £500.00, Derby £400.00. Cap 20 weeks and £8,500.00.",
				"First quarter: 10 + 8 = 18 weeks, 2 left; 5,000 + 3,200 = £8,200.00, £300.00 left.",
				"Second quarter: 2 of 4 + 4 weeks, 1 each: £500.00 and £400.00, of which £300.00 is left:",
				"300 × 5/9 = 166.666…, £166.67, and 300 × 4/9 = 133.333…, £133.33.",
			},
			first: "Q4 2020/21",
			metrics: []contract.Metric{{
				Name: "M1", Tariff: contract.Tariff{Amount: pounds("500"), ByCommissioner: amounts{derby: pounds("400")}},
				Cap: contract.MetricCap{Units: capped("20"), Amount: capped("8500")},
			}},
			units:   map[string][]int64{"M1 / Nottinghamshire": {10, 4, 1}, "M1 / Derby": {8, 4, 1}},
			claims:  map[string]string{"M1 / Nottinghamshire": "5000.00 2000.00 500.00", "M1 / Derby": "3200.00 1600.00 400.00"},
			allowed: map[string]string{"M1 / Nottinghamshire": "5000.00 166.67 0.00", "M1 / Derby": "3200.00 133.33 0.00"},
		},
		{
			name: "the contract cap over two commissioners and two metrics, with ties",
			arithmetic: []string{
				"Four lines of £1,000.00 a quarter; cap £4,010.02. The first quarter takes £4,000.00, £10.02 is left.",
				"Second quarter: 10.02 / 4 = £2.505 each. £2.50 each, and the two odd pennies go by name of metric, then of",
				"commissioner: both to M1, Derby and Nottinghamshire, whatever the order in which they are listed.",
			},
			first:   "Q4 2020/21",
			metrics: []contract.Metric{{Name: "M2", Tariff: tariff("250")}, {Name: "M1", Tariff: tariff("500")}},
			cap:     "4010.02",
			units: map[string][]int64{
				"M1 / Nottinghamshire": {2, 2, 2}, "M1 / Derby": {2, 2, 2}, "M2 / Nottinghamshire": {4, 4, 4}, "M2 / Derby": {4, 4, 4},
			},
			claims: map[string]string{
				"M1 / Nottinghamshire": "1000.00 1000.00 1000.00", "M1 / Derby": "1000.00 1000.00 1000.00",
				"M2 / Nottinghamshire": "1000.00 1000.00 1000.00", "M2 / Derby": "1000.00 1000.00 1000.00",
			},
			allowed: map[string]string{
				"M1 / Nottinghamshire": "1000.00 2.51 0.00", "M1 / Derby": "1000.00 2.51 0.00",
				"M2 / Nottinghamshire": "1000.00 2.50 0.00", "M2 / Derby": "1000.00 2.50 0.00",
			},
		},
		{
			name: "a tie of half a penny goes to the payer listed first",
			arithmetic: []string{
				"27.5% of £16,689.00 is £4,589.475 and 72.5% is £12,099.525. The fund is listed first:",
				"£4,589.48 + £12,099.52 = £16,689.00.",
			},
			first:   "Q4 2020/21",
			metrics: []contract.Metric{{Name: "M1", Tariff: tariff("16689")}},
			payers:  fundShares(),
			units:   map[string][]int64{"M1 / Nottinghamshire": {1}},
			claims:  map[string]string{"M1 / Nottinghamshire": "16689.00"},
			paid:    map[string]string{"Fund / Nottinghamshire": "4589.48", "Nottinghamshire / Nottinghamshire": "12099.52"},
		},
		{
			name: "the same with the commissioner listed first",
			arithmetic: []string{
				"£4,589.47 + £12,099.53 = £16,689.00.",
			},
			first:   "Q4 2020/21",
			metrics: []contract.Metric{{Name: "M1", Tariff: tariff("16689")}},
			payers: []contract.Payer{
				{Name: contract.ClaimingCommissioner, Shares: always("0.725")},
				{Name: "Fund", Shares: always("0.275")},
			},
			units:  map[string][]int64{"M1 / Nottinghamshire": {1}},
			claims: map[string]string{"M1 / Nottinghamshire": "16689.00"},
			paid:   map[string]string{"Fund / Nottinghamshire": "4589.47", "Nottinghamshire / Nottinghamshire": "12099.53"},
		},
		{
			name: "shares that change on 1 October 2024",
			arithmetic: []string{
				"£1,000.00 a quarter. To 30 September 2024 the fund pays 27.5%, £275.00, and from then on nothing.",
				"From 1 January 2025 a charity pays 5% of Derby's claims, £50.00, and Derby the other £950.00.",
			},
			first:   "Q2 2024/25",
			metrics: []contract.Metric{{Name: "M1", Tariff: tariff("100")}},
			payers: []contract.Payer{
				{Name: "Fund", Shares: []contract.DatedShare{from("2024-10-01", "0"), {Share: pounds("0.275")}}}, // in any order
				{Name: "Charity", Claims: []string{derby}, Shares: []contract.DatedShare{from("2025-01-01", "0.05")}},
				{Name: contract.ClaimingCommissioner, Claims: []string{notts}, Shares: []contract.DatedShare{{Share: pounds("0.725")}, from("2024-10-01", "1")}},
				{Name: contract.ClaimingCommissioner, Claims: []string{derby}, Shares: []contract.DatedShare{
					{Share: pounds("0.725")}, from("2024-10-01", "1"), from("2025-01-01", "0.95"),
				}},
			},
			units: map[string][]int64{"M1 / Nottinghamshire": {10, 10, 10}, "M1 / Derby": {10, 10, 10}},
			claims: map[string]string{
				"M1 / Nottinghamshire": "1000.00 1000.00 1000.00", "M1 / Derby": "1000.00 1000.00 1000.00",
			},
			paid: map[string]string{
				"Fund / Nottinghamshire": "275.00 0.00 0.00", "Nottinghamshire / Nottinghamshire": "725.00 1000.00 1000.00",
				"Fund / Derby": "275.00 0.00 0.00", "Charity / Derby": "0.00 0.00 50.00", "Derby / Derby": "725.00 1000.00 950.00",
			},
		},
		{
			name: "the fund's own cap, above which the commissioner pays",
			arithmetic: []string{
				"The fund's 27.5% of £2,000.00 and £1,000.00 is 550.00 + 275.00 = £825.00; its cap is £500.00.",
				"500 × 550/825 = 333.333…, £333.33; 500 × 275/825 = 166.666…, £166.67.",
				"Nottinghamshire pays 1,450.00 + (550.00 - 333.33) = £1,666.67, Derby 725.00 + (275.00 - 166.67) = £833.33.",
				"In the second quarter the commissioners pay everything.",
			},
			first:   "Q4 2020/21",
			metrics: []contract.Metric{{Name: "M1", Tariff: tariff("500")}},
			payers: []contract.Payer{
				{Name: "Fund", Shares: always("0.275"), Cap: capped("500"), Then: contract.CommissionerPays},
				{Name: contract.ClaimingCommissioner, Shares: always("0.725")},
			},
			units:  map[string][]int64{"M1 / Nottinghamshire": {4, 1}, "M1 / Derby": {2, 0}},
			claims: map[string]string{"M1 / Nottinghamshire": "2000.00 500.00", "M1 / Derby": "1000.00 0.00"},
			paid: map[string]string{
				"Fund / Nottinghamshire": "333.33 0.00", "Nottinghamshire / Nottinghamshire": "1666.67 500.00",
				"Fund / Derby": "166.67 0.00", "Derby / Derby": "833.33 0.00",
			},
		},
		{
			name: "the fund's own cap, above which nobody pays",
			arithmetic: []string{
				"As before, but the £325.00 over the cap and the fund's part of the second quarter are lost:",
				"the commissioners pay their 72.5% and no more, 1,450.00, 725.00 and 362.50.",
			},
			first:   "Q4 2020/21",
			metrics: []contract.Metric{{Name: "M1", Tariff: tariff("500")}},
			payers: []contract.Payer{
				{Name: "Fund", Shares: always("0.275"), Cap: capped("500"), Then: contract.Stop},
				{Name: contract.ClaimingCommissioner, Shares: always("0.725")},
			},
			units:  map[string][]int64{"M1 / Nottinghamshire": {4, 1}, "M1 / Derby": {2, 0}},
			claims: map[string]string{"M1 / Nottinghamshire": "2000.00 500.00", "M1 / Derby": "1000.00 0.00"},
			paid: map[string]string{
				"Fund / Nottinghamshire": "333.33 0.00", "Nottinghamshire / Nottinghamshire": "1450.00 362.50",
				"Fund / Derby": "166.67 0.00", "Derby / Derby": "725.00 0.00",
			},
		},
		{
			name: "fixed shares of all claims, whichever council's child it is",
			arithmetic: []string{
				"Two councils share 60/40. First quarter: claims of £1,000.01 for a child of Nottinghamshire alone, second: £100.00 and £200.00.",
				"Of £1,000.01 Nottinghamshire pays 60%, 600.006, £600.01, and Derby 40%, 400.004, £400.00, though no child is Derby's.",
				"Of £300.00 Nottinghamshire pays £180.00 and Derby £120.00. Each part is laid out over the claims 1 : 2:",
				"Nottinghamshire's as 60.00 and 120.00; what is left of the claims, 40.00 and 80.00, is Derby's £120.00.",
			},
			first: "Q4 2020/21",
			metrics: []contract.Metric{
				{Name: "M1", Tariff: tariff("1000.01")},
				{Name: "M2", Tariff: tariff("100")},
			},
			payers: fixedShares("", "0.6", "0.4"),
			units: map[string][]int64{
				"M1 / Nottinghamshire": {1, 0}, "M2 / Nottinghamshire": {0, 1}, "M2 / Derby": {0, 2},
			},
			claims: map[string]string{
				"M1 / Nottinghamshire": "1000.01 0.00", "M2 / Nottinghamshire": "0.00 100.00", "M2 / Derby": "0.00 200.00",
			},
			paid: map[string]string{
				"Nottinghamshire / Nottinghamshire": "600.01 60.00", "Derby / Nottinghamshire": "400.00 40.00",
				"Nottinghamshire / Derby": "0.00 120.00", "Derby / Derby": "0.00 80.00",
			},
		},
		{
			name: "fixed shares: a whole claim is split once, where two claims would be rounded twice; dated shares",
			arithmetic: []string{
				"Claims of £0.01 for each council. A half each: the two pence are split one and one. (Split claim by claim, ties would give both to the payer listed first.)",
				"Nottinghamshire's penny is laid out over two equal claims: the tie goes to Derby, before Nottinghamshire by name. Derby's is what is left.",
				"From 1 April Nottinghamshire pays all.",
			},
			first:   "Q4 2020/21",
			metrics: []contract.Metric{{Name: "M1", Tariff: tariff("0.01")}},
			payers: []contract.Payer{
				{Name: notts, Shares: []contract.DatedShare{{Share: pounds("0.5")}, from("2021-04-01", "1")}},
				{Name: derby, Shares: []contract.DatedShare{{Share: pounds("0.5")}, from("2021-04-01", "0")}},
			},
			units:  map[string][]int64{"M1 / Nottinghamshire": {1, 1}, "M1 / Derby": {1, 0}},
			claims: map[string]string{"M1 / Nottinghamshire": "0.01 0.01", "M1 / Derby": "0.01 0.00"},
			paid: map[string]string{
				"Nottinghamshire / Derby": "0.01 0.00", "Derby / Nottinghamshire": "0.01 0.00", "Nottinghamshire / Nottinghamshire": "0.00 0.01",
			},
		},
		{
			name: "fixed shares: a tie of half a penny goes to the payer listed first",
			arithmetic: []string{
				"£0.03 is split 0.015 and 0.015: Derby is listed first and pays £0.02.",
			},
			first:   "Q4 2020/21",
			metrics: []contract.Metric{{Name: "M1", Tariff: tariff("0.03")}},
			payers:  []contract.Payer{{Name: derby, Shares: always("0.5")}, {Name: notts, Shares: always("0.5")}},
			units:   map[string][]int64{"M1 / Nottinghamshire": {1}},
			claims:  map[string]string{"M1 / Nottinghamshire": "0.03"},
			paid:    map[string]string{"Derby / Nottinghamshire": "0.02", "Nottinghamshire / Nottinghamshire": "0.01"},
		},
		{
			name: "fixed shares: what is over the fund's cap goes to the other payers in proportion to their shares",
			arithmetic: []string{
				"Fund 30% up to £500.00, Nottinghamshire 42%, Derby 28%. First quarter £1,000.00: 300.00, 420.00 and 280.00.",
				"Second quarter £1,000.00: the fund has £200.00 left, and £100.00 is over: 42/70 of it, £60.00, to Nottinghamshire, 28/70, £40.00, to Derby:",
				"200.00, 480.00 and 320.00. Third quarter £500.00: the fund pays nothing; 210.00 + 60% of 150.00 = £300.00, and £200.00.",
				"The claims are Nottinghamshire's alone, then Derby's alone, then Derby's.",
			},
			first:   "Q4 2020/21",
			metrics: []contract.Metric{{Name: "M1", Tariff: tariff("500")}},
			payers: func() []contract.Payer {
				list := fixedShares("0.3", "0.42", "0.28")
				list[0].Cap, list[0].Then = capped("500"), contract.OthersPay
				return list
			}(),
			units:  map[string][]int64{"M1 / Nottinghamshire": {2, 0, 0}, "M1 / Derby": {0, 2, 1}},
			claims: map[string]string{"M1 / Nottinghamshire": "1000.00 0.00 0.00", "M1 / Derby": "0.00 1000.00 500.00"},
			paid: map[string]string{
				"Fund / Nottinghamshire": "300.00 0.00 0.00", "Fund / Derby": "0.00 200.00 0.00",
				"Nottinghamshire / Nottinghamshire": "420.00 0.00 0.00", "Nottinghamshire / Derby": "0.00 480.00 300.00",
				"Derby / Nottinghamshire": "280.00 0.00 0.00", "Derby / Derby": "0.00 320.00 200.00",
			},
		},
		{
			name: "fixed shares: overflow that fills another cap goes on to who is left; stop loses it",
			arithmetic: []string{
				"Fund 50% up to £100.00, others pay; Nottinghamshire 20% up to £230.00, others pay; Derby 30% without a cap. £1,000.00:",
				"500, 200, 300. £400.00 is over the fund's cap: 2/5 to Nottinghamshire, 160.00, 3/5 to Derby, 240.00: 100, 360, 540.",
				"£130.00 is over Nottinghamshire's cap and goes to Derby: 100.00, 230.00, 670.00.",
			},
			first:   "Q4 2020/21",
			metrics: []contract.Metric{{Name: "M1", Tariff: tariff("1000")}},
			payers: func() []contract.Payer {
				list := fixedShares("0.5", "0.2", "0.3")
				list[0].Cap, list[0].Then = capped("100"), contract.OthersPay
				list[1].Cap, list[1].Then = capped("230"), contract.OthersPay
				return list
			}(),
			units:  map[string][]int64{"M1 / Derby": {1}},
			claims: map[string]string{"M1 / Derby": "1000.00"},
			paid:   map[string]string{"Fund / Derby": "100.00", "Nottinghamshire / Derby": "230.00", "Derby / Derby": "670.00"},
		},
		{
			name: "fixed shares: above the fund's cap nobody pays",
			arithmetic: []string{
				"£3,000.00, of which 2,000.00 Nottinghamshire's claim and 1,000.00 Derby's. Fund 27.5% is £825.00, its cap £500.00 and the rest is lost.",
				"Councils 43.5% and 29%: £1,305.00 and £870.00. Laid out over claims 2 : 1: 500.00 as 166.67 (Derby) and 333.33.",
				"Left of the claims 833.33 and 1,666.67 of 2,500.00: 1,305.00 as 434.99826, £435.00, and 870.00174, £870.00.",
				"Left 398.33 and 796.67 of 1,195.00: 870.00 as 289.9977, £290.00, and 580.0023, £580.00.",
			},
			first:   "Q4 2020/21",
			metrics: []contract.Metric{{Name: "M1", Tariff: tariff("500")}},
			payers: func() []contract.Payer {
				list := fixedShares("0.275", "0.435", "0.29")
				list[0].Cap, list[0].Then = capped("500"), contract.Stop
				return list
			}(),
			units:  map[string][]int64{"M1 / Nottinghamshire": {4}, "M1 / Derby": {2}},
			claims: map[string]string{"M1 / Nottinghamshire": "2000.00", "M1 / Derby": "1000.00"},
			paid: map[string]string{
				"Fund / Nottinghamshire": "333.33", "Fund / Derby": "166.67",
				"Nottinghamshire / Nottinghamshire": "870.00", "Nottinghamshire / Derby": "435.00",
				"Derby / Nottinghamshire": "580.00", "Derby / Derby": "290.00",
			},
		},
		{
			name: "every cap at once, in the order of the contract",
			arithmetic: []string{
				"M1 at £500.00 is capped at 10 weeks, M2 at £300.00 has no cap of its own; contract £6,000.00; fund 50% up to £2,500.00.",
				"First quarter: M1 8 of 10 weeks, £4,000.00; M2 £600.00; £1,400.00 of the contract's cap is left.",
				"The fund pays 2,000.00 + 300.00 = £2,300.00, £200.00 is left.",
				"Second quarter: M1 2 of 8 weeks, £1,000.00; M2 4 weeks, £1,200.00.",
				"£2,200.00 against £1,400.00: 1,400 × 10/22 = 636.3636…, £636.36; 1,400 × 12/22 = 763.6363…, £763.64.",
				"The fund's half of M1's claim (Derby) is £318.18 and of M2's (Nottinghamshire) £381.82, together £700.00, of which £200.00 is left:",
				"200 × 318.18/700 = 90.908…, £90.91; 200 × 381.82/700 = 109.091…, £109.09. The commissioners pay the rest.",
			},
			first: "Q4 2020/21",
			metrics: []contract.Metric{
				{Name: "M1", Tariff: tariff("500"), Cap: contract.MetricCap{Units: capped("10")}},
				{Name: "M2", Tariff: tariff("300")},
			},
			cap: "6000",
			payers: []contract.Payer{
				{Name: "Fund", Shares: always("0.5"), Cap: capped("2500")},
				{Name: contract.ClaimingCommissioner, Shares: always("0.5")},
			},
			units:   map[string][]int64{"M1 / Derby": {8, 8}, "M2 / Nottinghamshire": {2, 4}},
			claims:  map[string]string{"M1 / Derby": "4000.00 4000.00", "M2 / Nottinghamshire": "600.00 1200.00"},
			allowed: map[string]string{"M1 / Derby": "4000.00 636.36", "M2 / Nottinghamshire": "600.00 763.64"},
			paid: map[string]string{
				"Fund / Derby": "2000.00 90.91", "Derby / Derby": "2000.00 545.45",
				"Fund / Nottinghamshire": "300.00 109.09", "Nottinghamshire / Nottinghamshire": "300.00 654.55",
			},
		},
	}
}

func TestHandComputedPayments(t *testing.T) {
	for _, c := range handCases() {
		t.Run(c.name, func(t *testing.T) { c.check(t) })
	}
}

func (c byHand) check(t *testing.T) {
	shape := &contract.Shape{Commissioners: c.councils, States: []string{"foster"}}
	if c.councils == nil {
		shape.Commissioners = []string{notts, derby}
	}
	terms := contract.Terms{Metrics: c.metrics, Payers: c.payers, YearCaps: yearCaps(c.yearCaps), Grants: grants(c.grants)}
	for _, m := range c.metrics {
		shape.Metrics = append(shape.Metrics, m.Name)
	}
	for _, units := range c.units {
		shape.Quarters = quarters(c.first, len(units))
	}
	if c.cap != "" {
		terms.Cap = capped(c.cap)
	}
	if c.payers == nil {
		terms.Payers = commissionersPay()
	}
	tally := contract.NewCounts[int64](shape)
	for line, units := range c.units {
		metric, commissioner, _ := strings.Cut(line, " / ")
		copy(tally.UnitsOf(slices.Index(shape.Metrics, metric), slices.Index(shape.Commissioners, commissioner)), units)
	}
	ledger := price(t, terms, contract.Care{}, tally)

	allowed, paid := c.allowed, c.paid
	if allowed == nil {
		allowed = c.claims
	}
	if paid == nil {
		paid = map[string]string{}
		for line, amounts := range allowed {
			_, commissioner, _ := strings.Cut(line, " / ")
			paid[commissioner+" / "+commissioner] = addSeries(paid[commissioner+" / "+commissioner], amounts)
		}
	}
	require.Equal(t, c.claims, lines(shape.Metrics, shape, claimsOf(ledger)), "claims\n%s", strings.Join(c.arithmetic, "\n"))
	require.Equal(t, allowed, lines(shape.Metrics, shape, ledger.AllowedOf), "allowed\n%s", strings.Join(c.arithmetic, "\n"))
	require.Equal(t, paid, lines(ledger.Payers, shape, ledger.PaymentsOf), "paid\n%s", strings.Join(c.arithmetic, "\n"))
}

// lines is every line of a ledger that is not £0 throughout.
func lines(names []string, s *contract.Shape, of func(row, commissioner int) []int64) map[string]string {
	found := map[string]string{}
	for i, name := range names {
		for c, commissioner := range s.Commissioners {
			if amounts := of(i, c); slices.ContainsFunc(amounts, func(pence int64) bool { return pence != 0 }) {
				found[name+" / "+commissioner] = series(amounts)
			}
		}
	}
	return found
}

// addSeries adds two rows of amounts, the first of which may be empty.
func addSeries(a, b string) string {
	if a == "" {
		return b
	}
	x, y := strings.Fields(a), strings.Fields(b)
	for i := range x {
		x[i] = pounds(x[i]).Add(pounds(y[i])).StringFixed(2)
	}
	return strings.Join(x, " ")
}

// What care costs, by hand. Each line of costs is one child for 13 weeks of
// each quarter in the state named, without the programme.
func TestHandComputedCosts(t *testing.T) {
	for _, c := range []struct {
		name       string
		arithmetic []string
		costs      []contract.UnitCost
		want       map[string]string
	}{
		{
			name: "a cost for one commissioner wins over a later one for all",
			arithmetic: []string{
				"13 × 4,000.00 = 52,000.00; from April 2021 13 × 4,100.00 = 53,300.00.",
				"Derby has its own cost, which no year changes: 13 × 3,800.50 = 49,406.50.",
			},
			costs: []contract.UnitCost{
				{State: "residential", Year: year("2021/22"), PerWeek: pounds("4100")},
				{State: "residential", Commissioner: derby, PerWeek: pounds("3800.50")},
				{State: "residential", PerWeek: pounds("4000")},
			},
			want: map[string]string{
				notts: "52000.00 53300.00 53300.00 53300.00 53300.00 53300.00",
				derby: "49406.50 49406.50 49406.50 49406.50 49406.50 49406.50",
			},
		},
		{
			name: "growth from the start",
			arithmetic: []string{
				"£4,000.00 in 2020/21; 4,000.00 × 1.073 = £4,292.00 in 2021/22; 4,292.00 × 1.073 = 4,605.316, £4,605.32 in 2022/23.",
				"13 × 4,000.00 = 52,000.00; 13 × 4,292.00 = 55,796.00; 13 × 4,605.32 = 59,869.16.",
			},
			costs: []contract.UnitCost{{State: "residential", PerWeek: pounds("4000"), Growth: pounds("0.073")}},
			want: map[string]string{
				notts: "52000.00 55796.00 55796.00 55796.00 55796.00 59869.16",
				derby: "52000.00 55796.00 55796.00 55796.00 55796.00 59869.16",
			},
		},
		{
			name: "growth from a year before the start",
			arithmetic: []string{
				"£4,596.00 in 2019/20; × 1.073 = 4,931.508, £4,931.51 in 2020/21; × 1.073 = 5,291.51023, £5,291.51 in 2021/22;",
				"× 1.073 = 5,677.79023, £5,677.79 in 2022/23.",
				"13 × 4,931.51 = 64,109.63; 13 × 5,291.51 = 68,789.63; 13 × 5,677.79 = 73,811.27.",
			},
			costs: []contract.UnitCost{{State: "residential", Year: year("2019/20"), PerWeek: pounds("4596"), Growth: pounds("0.073")}},
			want: map[string]string{
				notts: "64109.63 68789.63 68789.63 68789.63 68789.63 73811.27",
				derby: "64109.63 68789.63 68789.63 68789.63 68789.63 73811.27",
			},
		},
		{
			name: "growth ends where a later cost begins",
			arithmetic: []string{
				"£1,000.00; × 1.1 = £1,100.00 in 2021/22; in 2022/23 the later entry, £900.00.",
			},
			costs: []contract.UnitCost{
				{State: "residential", PerWeek: pounds("1000"), Growth: pounds("0.1")},
				{State: "residential", Year: year("2022/23"), PerWeek: pounds("900"), Growth: pounds("0.1")},
			},
			want: map[string]string{
				notts: "13000.00 14300.00 14300.00 14300.00 14300.00 11700.00",
				derby: "13000.00 14300.00 14300.00 14300.00 14300.00 11700.00",
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			shape := &contract.Shape{
				Quarters: quarters("Q4 2020/21", 6), Commissioners: []string{notts, derby},
				Cohorts: []string{"step-down"}, States: []string{"foster", "residential"},
			}
			tally := contract.NewCounts[int64](shape)
			for council := range shape.Commissioners {
				for q := range shape.Quarters {
					tally.WeeksIn(contract.Tracking, contract.Counterfactual, 0, council, 1)[q] = 13
				}
			}
			ledger := price(t, contract.Terms{Payers: commissionersPay()}, contract.Care{UnitCosts: c.costs}, tally)
			got := map[string]string{}
			for council, name := range shape.Commissioners {
				got[name] = series(ledger.CostsOf(contract.Tracking, contract.Counterfactual, 0, council))
			}
			require.Equal(t, c.want, got, strings.Join(c.arithmetic, "\n"))
		})
	}
}

// The cashable part of what is avoided is rounded half a penny away from zero,
// on either side of zero, and nothing after tracking counts.
func TestHandComputedCashable(t *testing.T) {
	shape := &contract.Shape{
		Quarters: quarters("Q4 2020/21", 4), Commissioners: []string{derby},
		Cohorts: []string{"step-down"}, States: []string{"foster", "residential"},
	}
	tally := contract.NewCounts[int64](shape)
	// Foster £100.04, residential £4,000.00, 12.5% cashable.
	copy(tally.WeeksIn(contract.Tracking, contract.Counterfactual, 0, 0, 0), []int64{1, 0, 0, 5})
	copy(tally.WeeksIn(contract.Tracking, contract.Intervention, 0, 0, 0), []int64{0, 1, 0, 5})
	copy(tally.WeeksIn(contract.Tracking, contract.Counterfactual, 0, 0, 1), []int64{0, 0, 3, 0})
	copy(tally.WeeksIn(contract.Tracking, contract.Intervention, 0, 0, 1), []int64{0, 0, 2, 0})
	copy(tally.WeeksIn(contract.AfterTracking, contract.Counterfactual, 0, 0, 1), []int64{9, 9, 9, 9})
	ledger := price(t, contract.Terms{Payers: commissionersPay()}, contract.Care{
		UnitCosts: []contract.UnitCost{{State: "foster", PerWeek: pounds("100.04")}, {State: "residential", PerWeek: pounds("4000")}},
		Cashable:  amounts{"step-down": pounds("0.125")},
	}, tally)
	// Avoided: 100.04 - 0; 0 - 100.04; 12,000 - 8,000; 500.20 - 500.20.
	// An eighth: 12.505, up to 12.51; -12.505, down to -12.51; 500.00; 0.00.
	require.Equal(t, "12.51 -12.51 500.00 0.00", series(ledger.CashableOf(0, 0)))
	require.Equal(t, "36000.00 36000.00 36000.00 36000.00", series(ledger.CostsOf(contract.AfterTracking, contract.Counterfactual, 0, 0)))
}

// Expected counts are rounded to the penny once for each line, and a cap in
// units shares out fractions of them.
func TestHandComputedExpectation(t *testing.T) {
	shape := &contract.Shape{
		Quarters: quarters("Q4 2020/21", 1), Commissioners: []string{notts, derby},
		Cohorts: []string{"step-down"}, States: []string{"foster", "residential"}, Metrics: []string{"M1"},
	}
	expected := contract.NewCounts[float64](shape)
	expected.UnitsOf(0, 0)[0] = 2.505
	expected.UnitsOf(0, 1)[0] = 0.5
	expected.WeeksIn(contract.Tracking, contract.Counterfactual, 0, 0, 0)[0] = 0.5
	expected.WeeksIn(contract.Tracking, contract.Counterfactual, 0, 0, 1)[0] = 0.25
	terms := contract.Terms{
		Metrics: []contract.Metric{{Name: "M1", Tariff: tariff("401.10"), Cap: contract.MetricCap{Units: capped("2")}}},
		Payers:  commissionersPay(),
	}
	care := contract.Care{UnitCosts: []contract.UnitCost{{State: "foster", PerWeek: pounds("100.05")}, {State: "residential", PerWeek: pounds("400")}}}
	ledger := price(t, terms, care, expected)
	// 2.505 × 401.10 = 1,004.7555 and 0.5 × 401.10 = 200.55.
	require.Equal(t, map[string]string{"M1 / Nottinghamshire": "1004.76", "M1 / Derby": "200.55"}, lines(shape.Metrics, shape, claimsOf(ledger)))
	// 2 weeks of 3.005: 2.505 × 2/3.005 = 1.66722…, × 401.10 = 668.722…;
	// 0.5 × 2/3.005 = 0.33277…, × 401.10 = 133.477…; together 802.20.
	require.Equal(t, map[string]string{"M1 / Nottinghamshire": "668.72", "M1 / Derby": "133.48"}, lines(shape.Metrics, shape, ledger.AllowedOf))
	// 0.5 × 100.05 + 0.25 × 400 = 150.025, half a penny up.
	require.Equal(t, "150.03", series(ledger.CostsOf(contract.Tracking, contract.Counterfactual, 0, 0)))
}

// Three children from their lives to who pays. Weeks are counted from
// 1 October 2020, and each of the six quarters to March 2022 has 13 of them.
func TestHandComputedThreeChildren(t *testing.T) {
	const residential, foster, planned = 0, 1, 2
	shape := &contract.Shape{
		Quarters: quarters("Q3 2020/21", 6), Commissioners: []string{notts, derby}, Cohorts: []string{"step-down"},
		States: []string{"residential", "foster", "foster, planned"}, Metrics: []string{"M1"},
	}
	weeks := calendar.Weeks{Start: calendar.NewDate(2020, 10, 1), Count: 78}
	require.Equal(t, []int{0, 13, 26, 39, 52, 65, 78}, weeks.Boundaries())

	trigger := &contract.FullWeeks{Window: 104, CapPerChild: 104}
	without := []contract.Stay{{State: residential, From: 0, To: 78}} // each of them
	children := []struct {
		council int
		start   int // week in which the planned placement began; -1 never
		with    []contract.Stay
	}{
		// Nottinghamshire's child is placed in week 26 and back in residential
		// care from week 60: 34 paid weeks, 13 + 13 + 8.
		{0, 26, []contract.Stay{{State: residential, From: 0, To: 26}, {State: planned, From: 26, To: 60}, {State: residential, From: 60, To: 78}}},
		// Derby's first child is placed in week 26, is in residential care in
		// weeks 40 to 49, and then lives with another foster family, which is
		// not paid for: 14 paid weeks, 13 + 1.
		{1, 26, []contract.Stay{{State: residential, From: 0, To: 26}, {State: planned, From: 26, To: 40}, {State: residential, From: 40, To: 50}, {State: foster, From: 50, To: 78}}},
		// Derby's second child never starts: the two lives are one.
		{1, -1, without},
	}
	tally := contract.NewCounts[int64](shape)
	for _, child := range children {
		path := contract.Path{Stays: child.with, Start: child.start, Payable: contract.StateSet(0).Add(planned)}
		for _, span := range trigger.Count(path, nil) {
			for week := span.From; week < span.To; week++ {
				tally.UnitsOf(0, child.council)[week/13] += span.Units
			}
		}
		for arm, life := range map[contract.Arm][]contract.Stay{contract.Counterfactual: without, contract.Intervention: child.with} {
			for _, stay := range life {
				for week := stay.From; week < stay.To; week++ {
					tally.WeeksIn(contract.Tracking, arm, 0, child.council, stay.State)[week/13]++
				}
			}
		}
	}
	require.Equal(t, []int64{0, 0, 13, 13, 8, 0}, tally.UnitsOf(0, 0))
	require.Equal(t, []int64{0, 0, 13, 1, 0, 0}, tally.UnitsOf(0, 1))

	ledger := price(t, contract.Terms{
		Metrics: []contract.Metric{{Name: "M1", Trigger: trigger, Tariff: tariff("500")}},
		Cap:     capped("22000"),
		Payers:  fundShares(),
	}, contract.Care{
		UnitCosts: []contract.UnitCost{
			{State: "residential", PerWeek: pounds("4000")}, {State: "foster", PerWeek: pounds("1000")},
		},
		CostedAs: map[string]string{"foster, planned": "foster"},
		Cashable: amounts{"step-down": pounds("0.8")},
	}, tally)

	// 13 × 500 = 6,500; 1 × 500; 8 × 500 = 4,000. To September 2021 that is
	// 6,500 + 6,500 + 6,500 + 500 = 20,000, so that 2,000 of the 4,000 claimed
	// for the last quarter of 2021 is left under the cap of 22,000.
	require.Equal(t, map[string]string{
		"M1 / Nottinghamshire": "0.00 0.00 6500.00 6500.00 4000.00 0.00",
		"M1 / Derby":           "0.00 0.00 6500.00 500.00 0.00 0.00",
	}, lines(shape.Metrics, shape, claimsOf(ledger)))
	require.Equal(t, map[string]string{
		"M1 / Nottinghamshire": "0.00 0.00 6500.00 6500.00 2000.00 0.00",
		"M1 / Derby":           "0.00 0.00 6500.00 500.00 0.00 0.00",
	}, lines(shape.Metrics, shape, ledger.AllowedOf))
	// 27.5% of 6,500 is 1,787.50, of 2,000 is 550, of 500 is 137.50.
	require.Equal(t, map[string]string{
		"Fund / Nottinghamshire":            "0.00 0.00 1787.50 1787.50 550.00 0.00",
		"Nottinghamshire / Nottinghamshire": "0.00 0.00 4712.50 4712.50 1450.00 0.00",
		"Fund / Derby":                      "0.00 0.00 1787.50 137.50 0.00 0.00",
		"Derby / Derby":                     "0.00 0.00 4712.50 362.50 0.00 0.00",
	}, lines(ledger.Payers, shape, ledger.PaymentsOf))
	// A week in foster rather than residential care avoids £3,000, of which
	// 80%, £2,400, is cashable. Nottinghamshire: 13, 13 and 8 weeks. Derby: 13;
	// weeks 39, 50 and 51; 13; 13.
	require.Equal(t, "0.00 0.00 31200.00 31200.00 19200.00 0.00", series(ledger.CashableOf(0, 0)))
	require.Equal(t, "0.00 0.00 31200.00 7200.00 31200.00 31200.00", series(ledger.CashableOf(0, 1)))
	// Without the programme Derby's two children cost 2 × 13 × £4,000 a quarter.
	require.Equal(t, "104000.00 104000.00 104000.00 104000.00 104000.00 104000.00",
		series(ledger.CostsOf(contract.Tracking, contract.Counterfactual, 0, 1)))
	require.Equal(t, "104000.00 104000.00 65000.00 95000.00 65000.00 65000.00",
		series(ledger.CostsOf(contract.Tracking, contract.Intervention, 0, 1)))
	require.Equal(t, []string{"Fund", notts, derby}, ledger.Payers)
}
