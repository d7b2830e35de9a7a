package montecarlo

import (
	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Basis is what figures are about and rest on, none of it random: the version of
// the programme, its exact expectation, and the central ledger and account. It
// marshals to JSON and back.
type Basis struct {
	Version *scenario.Version `json:"version"`
	// Prices is what every amount and rate is in.
	Prices contract.Prices `json:"prices"`
	// Quarters, Years and Days are the periods of series: every quarter and
	// financial year of the programme and, with delivery terms, every day on
	// which money can move.
	Quarters []calendar.Quarter       `json:"quarters"`
	Years    []calendar.FinancialYear `json:"years"`
	Days     []calendar.Date          `json:"days,omitempty"`
	// PaidYears are the financial years in which money is paid, by the day of
	// payment: from mobilisation, with delivery terms, to the last claim of the central
	// projection. A draw that pays earlier or later counts in the first or the last.
	PaidYears []calendar.FinancialYear `json:"paid_years"`
	// Expectation is every count in exact expectation.
	Expectation *expect.Expectation `json:"expectation"`
	// Ledger is the central ledger: the expectation priced, caps applied to it.
	Ledger *contract.Ledger `json:"ledger_in_pence"`
	// Account is the cash of the central ledger day by day; nil without
	// delivery terms.
	Account *finance.Account `json:"account_in_pence,omitempty"`
	// Budgets is the central ledger by council and financial year.
	Budgets []finance.Budget `json:"budgets"`
}

// Projection is the central projection of a version: every total priced at exact
// expected weeks, caps applied to the expectation, without any simulation. It
// takes milliseconds.
type Projection struct {
	Basis
	Totals List[Projected] `json:"totals"`
}

// Projected is one total of a projection. Amounts are in £ where the unit is
// Pounds.
type Projected struct {
	Key
	Value float64 `json:"value"`
	// Exact reports whether the value is also the exact mean.
	Exact bool `json:"exact"`
}

// Central works out the central projection alone, in one kind of prices. An invalid programme gives
// the error of its Validate. Totals without bound, such as a rate of return on
// no capital, are left out.
func Central(v *scenario.Version, prices contract.Prices) (*Projection, error) {
	r, err := prepare(v, Options{Replications: 1, TotalsOnly: true, Prices: prices, FixedRates: true})
	if err != nil {
		return nil, err
	}
	projection := &Projection{Basis: r.basis()}
	for _, c := range r.columns {
		if v := c.scale(r.centre[c.at]); c.period == overall && !c.independent && c.Unit != Probability && finite(v) {
			projection.Totals = append(projection.Totals, Projected{c.Key, v, r.exact(c)})
		}
	}
	return projection, nil
}

// basis gathers what of a run is not random.
func (r *runner) basis() Basis {
	b := Basis{
		Version: r.version, Prices: r.options.Prices, Quarters: r.sheet.shape.Quarters, Years: r.sheet.years, PaidYears: r.sheet.paid.years,
		Expectation: r.expectation, Ledger: r.central, Account: r.account, Budgets: finance.Budgets(r.central),
	}
	if r.account != nil {
		b.Days = r.account.Days
	}
	return b
}
