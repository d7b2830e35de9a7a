package contract

import (
	"encoding/json"
	"fmt"
)

// Ledger is counts turned into pence: what was claimed, what the caps let
// through, who paid it, and what care cost in either arm. All amounts are
// whole pence; series over quarters are contiguous.
type Ledger struct {
	Shape *Shape `json:"shape"`
	// Payers are the payers other than commissioners, in the contract's order,
	// then every commissioner as payer of its own part.
	Payers []string `json:"payers"`

	// Prices is what all amounts but Due are in, and Index what turns them into
	// the other kind: constant = cash ÷ index of the quarter's financial year.
	Prices Prices     `json:"prices"`
	Index  PriceIndex `json:"index,omitzero"`
	// Fixed is the kind of prices that the contract is worked out in, before
	// anything is brought into Prices: cash where any of its amounts has an
	// indexation of its own.
	Fixed Prices `json:"fixed"`
	// Due is what all payers pay by quarter, in the prices of Fixed, where these
	// are not those of Payments; zeros where they are. An amount fixed in constant
	// prices keeps its value until it is paid; one in cash does not.
	Due []int64 `json:"due"`
	// CapReached is whether nothing is left of the contract cap at the end.
	CapReached bool `json:"cap_reached,omitempty"`

	// Rates is the rates of cohorts on the measuring dates of their metrics, in the
	// order of the metrics that have one.
	Rates []CohortRate `json:"rates,omitempty"`

	// Claims is units × tariff, less the agreed deadweight, before any cap, by
	// metric × commissioner × quarter. In a quarter with a grant it is what
	// would have been claimed.
	Claims []int64 `json:"claims"`
	// Grants is the grant that took the place of all claims of a quarter,
	// before the year and contract caps, by quarter; 0 where there is none.
	Grants []int64 `json:"grants"`
	// Allowed is what is left of each claim after the metric caps, or the
	// line's part of a grant in its place, after the year cap and the contract
	// cap, by metric × commissioner × quarter.
	Allowed []int64 `json:"allowed"`
	// Fees is the delivery fee by commissioner × quarter, as far as a cap lets it
	// through; nil where there is none. It is part of Payments.
	Fees []int64 `json:"fees,omitempty"`
	// Payments is what each payer pays, by payer × claiming commissioner ×
	// quarter. A commissioner pays for another's claims only where payers have
	// fixed shares of all claims: then the whole claim is split over payers, and
	// each payer's part is laid out over the claims in proportion to them.
	Payments []int64 `json:"payments"`
	// Costs is the cost of placements by window × arm × cohort × commissioner × quarter.
	Costs []int64 `json:"costs"`
	// Cashable is the cashable part of avoided cost in the tracking window, by
	// cohort × commissioner × quarter. It can be negative.
	Cashable []int64 `json:"cashable"`

	// Independent is the ledger of [Counts.Independent]: other costs without the
	// programme and another cashable part, all else the same cells as here. It is
	// nil where the counts have none.
	Independent *Ledger `json:"independent,omitempty"`
}

// NewLedger returns a ledger of zeros.
func NewLedger(s *Shape, payers []string) *Ledger {
	l := &Ledger{Shape: s, Payers: payers}
	for _, series := range l.series() {
		*series.cells = make([]int64, series.rows*len(s.Quarters))
	}
	return l
}

// ledgerSeries is one series of a ledger and how many rows it has.
type ledgerSeries struct {
	name  string
	cells *[]int64
	rows  int
}

func (l *Ledger) series() []ledgerSeries {
	s := l.Shape
	return []ledgerSeries{
		{"claims", &l.Claims, s.Row(len(s.Metrics), 0)},
		{"grants", &l.Grants, 1},
		{"due", &l.Due, 1},
		{"allowed", &l.Allowed, s.Row(len(s.Metrics), 0)},
		{"payments", &l.Payments, s.Row(len(l.Payers), 0)},
		{"costs", &l.Costs, s.costsRow(numWindows, 0, 0, 0)},
		{"cashable", &l.Cashable, s.Row(len(s.Cohorts), 0)},
	}
}

// UnmarshalJSON reads a ledger whole: a series that does not have a cell for
// everything that the shape names is an error.
func (l *Ledger) UnmarshalJSON(text []byte) error {
	type fields Ledger
	var read fields
	if err := json.Unmarshal(text, &read); err != nil {
		return err
	}
	whole := Ledger(read)
	if whole.Shape == nil {
		return fmt.Errorf("the ledger has no shape: it must name its quarters, commissioners, cohorts, states and metrics")
	}
	for _, series := range whole.series() {
		if want := series.rows * len(whole.Shape.Quarters); len(*series.cells) != want {
			return fmt.Errorf("%s of the ledger: there are %d amounts, and its shape has %d", series.name, len(*series.cells), want)
		}
	}
	*l = whole
	return nil
}

// AllowedOf returns what the caps, and grants in place of claims, come to by
// quarter, in pence.
func (l *Ledger) AllowedOf(metric, commissioner int) []int64 {
	return row(l.Allowed, l.Shape.Row(metric, commissioner), len(l.Shape.Quarters))
}

// FeesOf returns a commissioner's part of the delivery fee by quarter, in pence; nil
// where there is none.
func (l *Ledger) FeesOf(commissioner int) []int64 {
	if l.Fees == nil {
		return nil
	}
	return row(l.Fees, commissioner, len(l.Shape.Quarters))
}

// FeePayments returns what each payer pays of the delivery fee by payer and quarter, in
// pence; nil where there is none. A commissioner's part of the fee is shared over payers
// as they pay for its claims and fee together, by largest remainder, so that where the
// cap of a payer cuts both, the fee is paid first.
func (l *Ledger) FeePayments() [][]int64 {
	if l.Fees == nil {
		return nil
	}
	paid, quarters := make([][]int64, len(l.Payers)), len(l.Shape.Quarters)
	for p := range paid {
		paid[p] = make([]int64, quarters)
	}
	weights, parts, remainders := make([]int64, len(paid)), make([]int64, len(paid)), make([]uint64, len(paid))
	for c := range l.Shape.Commissioners {
		for q, fee := range l.FeesOf(c) {
			all := int64(0)
			for p := range paid {
				weights[p] = l.PaymentsOf(p, c)[q]
				all += weights[p]
			}
			apportion(min(fee, all), weights, parts, remainders)
			for p, part := range parts {
				paid[p][q] += part
			}
		}
	}
	return paid
}

// PaymentsOf returns what a payer pays of a commissioner's claims by quarter, in pence.
func (l *Ledger) PaymentsOf(payer, commissioner int) []int64 {
	return row(l.Payments, l.Shape.Row(payer, commissioner), len(l.Shape.Quarters))
}

// CostsOf returns the cost of placements by quarter, in pence.
func (l *Ledger) CostsOf(w Window, a Arm, cohort, commissioner int) []int64 {
	return row(l.Costs, l.Shape.costsRow(w, a, cohort, commissioner), len(l.Shape.Quarters))
}

// CashableOf returns the cashable part of avoided cost by quarter, in pence.
func (l *Ledger) CashableOf(cohort, commissioner int) []int64 {
	return row(l.Cashable, l.Shape.Row(cohort, commissioner), len(l.Shape.Quarters))
}
