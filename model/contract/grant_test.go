package contract_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

func grantCases() []byHand {
	const staffs = "Staffordshire"
	family := func(name string) contract.Metric { return contract.Metric{Name: name, Tariff: tariff("2800")} }
	fund := func(share, rest string) []contract.Payer {
		return []contract.Payer{{Name: "Fund", Shares: always(share)}, {Name: contract.ClaimingCommissioner, Shares: always(rest)}}
	}
	return []byHand{
		{
			name: "a quarter's grant of £161,510 in place of claims",
			arithmetic: []string{
				"Staffordshire's £2,800.00 a family: 94 families before the pandemic, £263,200.00.",
				"April to June 2020: 20 and 17 families would have been £103,600.00. The grant is £161,510.00 whatever was claimed:",
				"161,510 × 20/37 = 87,302.70270…, £87,302.70, and 161,510 × 17/37 = 74,207.29729…, £74,207.30.",
				"July to September: no family at all, so half each, £80,755.00. October to December: claims again, 10 families.",
				"The fund pays 40%: 105,280.00; 64,604.00; 64,604.00; 11,200.00.",
			},
			first: "Q4 2019/20", councils: []string{staffs},
			metrics: []contract.Metric{family("starts"), family("averted")},
			grants:  map[string]string{"Q1 2020/21": "161510", "Q2 2020/21": "161510"},
			payers:  fund("0.4", "0.6"),
			units:   map[string][]int64{"starts / Staffordshire": {94, 20, 0, 10}, "averted / Staffordshire": {0, 17, 0, 0}},
			claims: map[string]string{
				"starts / Staffordshire":  "263200.00 56000.00 0.00 28000.00",
				"averted / Staffordshire": "0.00 47600.00 0.00 0.00",
			},
			allowed: map[string]string{
				"starts / Staffordshire":  "263200.00 87302.70 80755.00 28000.00",
				"averted / Staffordshire": "0.00 74207.30 80755.00 0.00",
			},
			paid: map[string]string{
				"Fund / Staffordshire":          "105280.00 64604.00 64604.00 11200.00",
				"Staffordshire / Staffordshire": "157920.00 96906.00 96906.00 16800.00",
			},
		},
		{
			name: "grants count towards the year cap and the contract cap",
			arithmetic: []string{
				"£250,000.00 a year and £500,000.00 in all. 2019/20: £250,000.00 of 263,200.00. Then £161,510.00,",
				"and 250,000 - 161,510 = £88,490.00 of the second grant, £44,245.00 each. 250,000 + 250,000 leaves nothing for 2021/22.",
			},
			first: "Q4 2019/20", councils: []string{staffs},
			metrics:  []contract.Metric{family("starts"), family("averted")},
			cap:      "500000",
			yearCaps: map[string]string{"": "250000"},
			grants:   map[string]string{"Q1 2020/21": "161510", "Q2 2020/21": "161510"},
			units:    map[string][]int64{"starts / Staffordshire": {94, 1, 0, 0, 0, 5}},
			claims:   map[string]string{"starts / Staffordshire": "263200.00 2800.00 0.00 0.00 0.00 14000.00"},
			allowed: map[string]string{
				"starts / Staffordshire":  "250000.00 161510.00 44245.00 0.00 0.00 0.00",
				"averted / Staffordshire": "0.00 0.00 44245.00 0.00 0.00 0.00",
			},
		},
		{
			name: "a grant uses up the metric's caps",
			arithmetic: []string{
				"M1 at £500.00 is capped at 10 weeks and £4,500.00; M2 at £250.00 is not. First quarter: 4 weeks of M1, £2,000.00.",
				"Second quarter: £2,000.00 and £1,000.00 would have been claimed; the grant of £3,300.00 is shared 2 : 1, £2,200.00 and £1,100.00.",
				"Left of M1's caps: 10 - 4 - 4 = 2 weeks and 4,500 - 2,000 - 2,200 = £300.00.",
				"Third quarter: 2 of 8 weeks, £1,000.00, of which £300.00 is left. M2 is paid throughout.",
			},
			first: "Q4 2020/21",
			metrics: []contract.Metric{
				{Name: "M1", Tariff: tariff("500"), Cap: contract.MetricCap{Units: capped("10"), Amount: capped("4500")}},
				{Name: "M2", Tariff: tariff("250")},
			},
			grants:  map[string]string{"Q1 2021/22": "3300"},
			units:   map[string][]int64{"M1 / Derby": {4, 4, 8}, "M2 / Nottinghamshire": {0, 4, 4}},
			claims:  map[string]string{"M1 / Derby": "2000.00 2000.00 4000.00", "M2 / Nottinghamshire": "0.00 1000.00 1000.00"},
			allowed: map[string]string{"M1 / Derby": "2000.00 2200.00 300.00", "M2 / Nottinghamshire": "0.00 1100.00 1000.00"},
		},
		{
			name: "what the metric caps leave decides who gets a grant, and the grant may pass them",
			arithmetic: []string{
				"M1 is capped at £500.00: of £2,000.00 that leaves £500.00, beside £1,000.00 of M2. A grant of £9,000.00 is shared 1 : 2.",
				"M1 then has no room left at all, and M2 goes on.",
			},
			first: "Q4 2020/21",
			metrics: []contract.Metric{
				{Name: "M1", Tariff: tariff("500"), Cap: contract.MetricCap{Amount: capped("500")}},
				{Name: "M2", Tariff: tariff("250")},
			},
			grants:  map[string]string{"Q4 2020/21": "9000"},
			units:   map[string][]int64{"M1 / Derby": {4, 4}, "M2 / Derby": {4, 4}},
			claims:  map[string]string{"M1 / Derby": "2000.00 2000.00", "M2 / Derby": "1000.00 1000.00"},
			allowed: map[string]string{"M1 / Derby": "3000.00 0.00", "M2 / Derby": "6000.00 1000.00"},
		},
		{
			name: "nothing claimed: the metric of one council is not shared by the other",
			arithmetic: []string{
				"M1 pays for both councils, M2 for Derby only: three lines. £100.00 / 3 = 33.333…; the odd penny goes by name to M1, Derby.",
				"The grant of the second quarter is £0.00: what was claimed is not paid.",
			},
			first:   "Q4 2020/21",
			metrics: []contract.Metric{{Name: "M1", Tariff: tariff("500")}, {Name: "M2", Tariff: tariff("250"), Commissioners: []string{derby}}},
			grants:  map[string]string{"Q4 2020/21": "100", "Q1 2021/22": "0"},
			units:   map[string][]int64{"M1 / Derby": {0, 1}},
			claims:  map[string]string{"M1 / Derby": "0.00 500.00"},
			allowed: map[string]string{"M1 / Nottinghamshire": "33.33 0.00", "M1 / Derby": "33.34 0.00", "M2 / Derby": "33.33 0.00"},
		},
	}
}

func TestHandComputedGrants(t *testing.T) {
	for _, c := range grantCases() {
		t.Run(c.name, func(t *testing.T) { c.check(t) })
	}
}

// Without caps a grant is all that is paid for its quarter, and no other
// quarter is touched.
func TestGrantIsWhatIsPaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		d.drawGrants(t)
		l := d.price(t)
		free := d.withoutGrants(t)
		require.Equal(t, free.Claims, l.Claims)
		for q := range d.shape.Quarters {
			grant, ok := d.grant(q)
			require.Equal(t, grant, l.Grants[q])
			for m := range d.shape.Metrics {
				for c := range d.shape.Commissioners {
					if !ok {
						require.Equal(t, free.AllowedOf(m, c)[q], l.AllowedOf(m, c)[q])
						continue
					}
					if all := inQuarter(free.Claims, d.shape, q); all > 0 {
						exact := float64(grant) * float64(claimsOf(free)(m, c)[q]) / float64(all)
						require.InDelta(t, exact, l.AllowedOf(m, c)[q], 1, "pro rata")
					}
				}
			}
			if ok {
				require.Equal(t, grant, inQuarter(l.Allowed, d.shape, q))
				require.Equal(t, grant, inQuarter(l.Payments, d.shape, q))
			}
		}
	})
}

// Whatever is due in a quarter, claims or grant, counts towards the contract
// cap; and towards the year's.
func TestGrantsUnderContractAndYearCaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		d.drawGrants(t)
		due := d.price(t)
		d.terms.Cap = drawCap(t, total(due.Allowed))
		if rapid.Bool().Draw(t, "year caps") {
			d.drawYearCaps(t, total(due.Allowed)/3)
		}
		l := d.price(t)
		var inYear, all int64 // allowed so far
		for q, quarter := range d.shape.Quarters {
			if quarter.First().Month() == time.April {
				inYear = 0
			}
			got := inQuarter(l.Allowed, d.shape, q)
			room := min(d.yearCap(quarter.FinancialYear())-inYear, d.terms.Cap.Decimal.Shift(2).IntPart()-all)
			require.Equal(t, min(inQuarter(due.Allowed, d.shape, q), room), got)
			inYear, all = inYear+got, all+got
		}
	})
}

// A metric's cap in £ lets through what claims and grants before have left of it.
func TestGrantsUseUpMetricCapsInPounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		d.drawGrants(t)
		d.drawAllCaps(t)
		l := d.price(t)
		for m, metric := range d.terms.Metrics {
			left := metric.Cap.Amount.Decimal.Shift(2).IntPart()
			for q := range d.shape.Quarters {
				got := int64(0)
				for c := range d.shape.Commissioners {
					got += l.AllowedOf(m, c)[q]
				}
				if _, ok := d.grant(q); !ok {
					require.LessOrEqual(t, got, left)
				}
				left = max(0, left-got)
			}
		}
	})
}

// A cap in units is used up by a quarter's units whether or not a grant is paid
// in their place.
func TestGrantsLeaveCapsInUnitsAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		d.drawGrants(t)
		for i := range d.terms.Metrics {
			d.terms.Metrics[i].Cap.Units = decimal.NewNullDecimal(decimal.NewFromInt(rapid.Int64Range(0, 400).Draw(t, "units cap")))
		}
		l := d.price(t)
		free := d.withoutGrants(t)
		for q := range d.shape.Quarters {
			if _, ok := d.grant(q); !ok {
				require.Equal(t, inQuarter(free.Allowed, d.shape, q), inQuarter(l.Allowed, d.shape, q))
			}
		}
	})
}

// A ledger keeps nothing of the grants that it was filled with before.
func TestLedgerIsUsedAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		d.drawGrants(t)
		again := d.price(t)
		d.terms.Grants = nil
		pricer, err := contract.NewPricer(d.terms, d.care, d.shape, base(d.shape), contract.Constant)
		require.NoError(t, err)
		contract.Price(pricer, d.tally, again)
		require.Equal(t, d.price(t), again)
	})
}

// drawGrants draws grants for some quarters.
func (d *drawn) drawGrants(t *rapid.T) {
	d.terms.Grants = nil
	for _, q := range rapid.SliceOfNDistinct(rapid.SampledFrom(d.shape.Quarters), 1, 3, rapid.ID).Draw(t, "grant quarters") {
		d.terms.Grants = append(d.terms.Grants, contract.Grant{Quarter: q, Amount: drawPounds(t, 5_000_000)})
		if rapid.Bool().Draw(t, "nothing claimed") {
			at := int(q - d.shape.Quarters[0])
			for i := at; i < len(d.tally.Units); i += len(d.shape.Quarters) {
				d.tally.Units[i] = 0
			}
		}
	}
}

// grant is the grant of a quarter in pence, and whether there is one.
func (d *drawn) grant(q int) (int64, bool) {
	for _, g := range d.terms.Grants {
		if g.Quarter == d.shape.Quarters[q] {
			return g.Amount.Shift(2).IntPart(), true
		}
	}
	return 0, false
}

// withoutGrants prices the tally as if there were no grants.
func (d *drawn) withoutGrants(t *rapid.T) *contract.Ledger {
	other := *d
	other.terms.Grants = nil
	return other.price(t)
}
