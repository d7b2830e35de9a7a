package contract_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

func yearCapCases() []byHand {
	claims := map[string]string{
		"M1 / Nottinghamshire": "6500.00 6500.00 6500.00 6500.00 6500.00 6500.00",
		"M1 / Derby":           "3000.00 3000.00 3000.00 3000.00 3000.00 3000.00",
	}
	units := map[string][]int64{"M1 / Nottinghamshire": {13, 13, 13, 13, 13, 13}, "M1 / Derby": {6, 6, 6, 6, 6, 6}}
	return []byHand{
		{
			name: "a cap for every year, and another for one",
			arithmetic: []string{
				"£10,000.00 a year, and £5,000.00 in 2021/22. £9,500.00 is claimed each quarter.",
				"January to March 2021 is of 2020/21: £9,500.00 of £10,000.00. April to June: £5,000.00 of £9,500.00:",
				"5,000 × 65/95 = 3,421.0526…, £3,421.05, and 5,000 × 30/95 = 1,578.947…, £1,578.95. Then nothing until April 2022,",
				"when there is £10,000.00 again; the £500.00 left of 2020/21 is not carried over.",
			},
			first:    "Q4 2020/21",
			metrics:  []contract.Metric{{Name: "M1", Tariff: tariff("500")}},
			yearCaps: map[string]string{"": "10000", "2021/22": "5000", "2035/36": "1"},
			units:    units, claims: claims,
			allowed: map[string]string{
				"M1 / Nottinghamshire": "6500.00 3421.05 0.00 0.00 0.00 6500.00",
				"M1 / Derby":           "3000.00 1578.95 0.00 0.00 0.00 3000.00",
			},
		},
		{
			name: "a cap for one year only, then the contract cap",
			arithmetic: []string{
				"£5,000.00 in 2021/22 as before, and £22,000.00 in all: 22,000 - 9,500 - 5,000 = £7,500.00 for April to June 2022:",
				"7,500 × 65/95 = 5,131.578…, £5,131.58, and 7,500 × 30/95 = 2,368.421…, £2,368.42.",
				"What the year cap took does not count towards the contract cap.",
			},
			first:    "Q4 2020/21",
			metrics:  []contract.Metric{{Name: "M1", Tariff: tariff("500")}},
			cap:      "22000",
			yearCaps: map[string]string{"2021/22": "5000"},
			units:    units, claims: claims,
			allowed: map[string]string{
				"M1 / Nottinghamshire": "6500.00 3421.05 0.00 0.00 0.00 5131.58",
				"M1 / Derby":           "3000.00 1578.95 0.00 0.00 0.00 2368.42",
			},
		},
		{
			name: "what a year cap takes does not use up the metric's cap in £",
			arithmetic: []string{
				"M1 is capped at £10,000.00, each year at £4,000.00. £6,000.00 is claimed each quarter.",
				"4,000 in 2020/21, 4,000 in 2021/22, and 10,000 - 8,000 = £2,000.00 in 2022/23.",
			},
			first:    "Q4 2020/21",
			metrics:  []contract.Metric{{Name: "M1", Tariff: tariff("500"), Cap: contract.MetricCap{Amount: capped("10000")}}},
			yearCaps: map[string]string{"": "4000"},
			units:    map[string][]int64{"M1 / Derby": {12, 12, 12, 12, 12, 12}},
			claims:   map[string]string{"M1 / Derby": "6000.00 6000.00 6000.00 6000.00 6000.00 6000.00"},
			allowed:  map[string]string{"M1 / Derby": "4000.00 4000.00 0.00 0.00 0.00 2000.00"},
		},
		{
			name: "what a year cap takes does use up the metric's cap in units",
			arithmetic: []string{
				"M1 is capped at 30 weeks, each year at £4,000.00: 12 weeks in each of the first two quarters leave 6, £3,000.00,",
				"for the third, of which the year cap lets nothing through.",
			},
			first:    "Q4 2020/21",
			metrics:  []contract.Metric{{Name: "M1", Tariff: tariff("500"), Cap: contract.MetricCap{Units: capped("30")}}},
			yearCaps: map[string]string{"": "4000"},
			units:    map[string][]int64{"M1 / Derby": {12, 12, 12, 0, 0, 12}},
			claims:   map[string]string{"M1 / Derby": "6000.00 6000.00 6000.00 0.00 0.00 6000.00"},
			allowed:  map[string]string{"M1 / Derby": "4000.00 4000.00 0.00 0.00 0.00 0.00"},
		},
	}
}

func TestHandComputedYearCaps(t *testing.T) {
	for _, c := range yearCapCases() {
		t.Run(c.name, func(t *testing.T) { c.check(t) })
	}
}

// Within a financial year what is allowed so far is what was claimed so far, up
// to the cap; each year for itself.
func TestCumulativeAllowedUnderYearCaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		free := d.price(t)
		d.drawYearCaps(t, total(free.Claims)/3)
		capped := d.price(t)
		var claimed, allowed int64
		for q, quarter := range d.shape.Quarters {
			if q == 0 || quarter.First().Month() == time.April {
				claimed, allowed = 0, 0
			}
			claimed, allowed = claimed+inQuarter(free.Claims, d.shape, q), allowed+inQuarter(capped.Allowed, d.shape, q)
			require.Equal(t, min(claimed, d.yearCap(quarter.FinancialYear())), allowed)
		}
	})
}

// drawYearCaps draws a cap for every year, for some year, or for both.
func (d *drawn) drawYearCaps(t *rapid.T, pence int64) {
	d.terms.YearCaps = nil
	for _, text := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"", "2019/20", "2020/21", "2021/22", "2022/23"}), 1, 3, rapid.ID).Draw(t, "years") {
		d.terms.YearCaps = append(d.terms.YearCaps, contract.YearCap{Year: year(text), Amount: drawCap(t, pence).Decimal})
	}
}

// yearCap is what the caps say of a financial year, in pence.
func (d *drawn) yearCap(year calendar.FinancialYear) int64 {
	limit := int64(1) << 60
	for _, c := range d.terms.YearCaps {
		if c.Year == year {
			return c.Amount.Shift(2).IntPart()
		}
		if c.Year.IsZero() {
			limit = c.Amount.Shift(2).IntPart()
		}
	}
	return limit
}

// inQuarter adds up cells by metric × commissioner in one quarter.
func inQuarter(cells []int64, s *contract.Shape, q int) (sum int64) {
	for ; q < len(cells); q += len(s.Quarters) {
		sum += cells[q]
	}
	return sum
}
