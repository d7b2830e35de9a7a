package xlsx

import (
	"errors"
	"fmt"
	"io"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Workbook is what a workbook is made of.
type Workbook struct {
	// Result is the run of the version that the workbook prices.
	Result *montecarlo.Result
	// Cases are runs of the cases that are set side by side as values, in the prices of
	// Result; none for no such sheet.
	Cases []*montecarlo.Result
	// Written is the date on the cover. Nothing else depends on it.
	Written calendar.Date
	// Cautions are sentences for the cover beside those of the programme and the run.
	Cautions []string
	// Command and Version say on the cover how the workbook can be made again: the
	// command line, and the version of the program; either may be empty.
	Command, Version string
}

// mostQuarters is how many quarters a workbook can have: a century.
const mostQuarters = 400

// Write writes the workbook as .xlsx. The error says what the result lacks, or that the
// workbook does not come to the central projection of the engine to the penny, in which
// case nothing is written.
func (w Workbook) Write(to io.Writer) error {
	m, err := newMaker(w)
	if err != nil {
		return err
	}
	m.describe()
	if err := m.b.work(); err != nil {
		return fmt.Errorf("the workbook cannot be worked out: %w", err)
	}
	if err := m.agrees(); err != nil {
		return err
	}
	return m.b.write(to, m)
}

// maker describes a workbook step by step: each step adds sheets and leaves the lines
// that later ones need.
type maker struct {
	w      Workbook
	p      *model.Programme
	counts *contract.Expected
	shape  *contract.Shape
	n      int               // quarters
	kinds  []contract.Prices // that the workbook shows
	// fixed and careIn are the prices in which contract and cost of care are worked out.
	fixed, careIn contract.Prices
	central       map[contract.Prices]*montecarlo.Projection
	ledgers       map[contract.Prices]*contract.Ledger
	sign          string // of the currency

	b                         *book
	inputs, constants, prices *sheet
	care                      *sheet
	k                         constants
	inflation, discount       string // addresses
	time                      timeline

	lines   []*contractLine
	paid    map[int]line      // share of units paid for, by metric
	cost    map[[2]int]line   // of a week, by council and state
	rises   map[string]string // inputs of how unit costs rise
	weeks   map[weeksOf]line
	claimed line
	granted line
	fee     line
	fees    map[int]line // by council
	allowed []line
	due     []line // by council
	pays    map[paidTo]line
	total   line
	spent   map[avoidedBy]map[contract.Arm]line
	cash    map[avoidedBy]line
	results map[contract.Prices]*results
	checks  []check
	// balances are what is left of caps; checked is a formula: how many checks are not met.
	balances []line
	checked  string
	heads    []headline
	// needed and received are formulas of the capital requirement and of receipts, in
	// pounds; empty if they are values.
	needed, received string
}

// constants are addresses of numbers that are no assumptions.
type constants struct {
	pence, billion, split, guard, twoDecimals, harm, days, start, base string
}

// newMaker checks what is given.
func newMaker(w Workbook) (*maker, error) {
	r := w.Result
	switch {
	case r == nil || r.Version == nil || r.Version.Programme == nil || r.Expectation == nil || r.Ledger == nil:
		return nil, errors.New("there is no result to write: give one of montecarlo.Run")
	case r.Incomplete:
		return nil, errors.New("the run was stopped before its end: a workbook is written of a whole run")
	case len(r.Quarters) > mostQuarters:
		return nil, fmt.Errorf("the programme has %d quarters: a workbook has at most %d", len(r.Quarters), mostQuarters)
	}
	p := r.Version.Programme
	m := &maker{
		w: w, p: p, counts: r.Expectation.Counts, shape: r.Expectation.Counts.Shape, n: len(r.Quarters), fixed: p.Contract.FixedIn(), careIn: contract.Constant,
		sign: words.CurrencySign(p.Currency), b: &book{}, kinds: []contract.Prices{contract.Constant},
		central: map[contract.Prices]*montecarlo.Projection{}, ledgers: map[contract.Prices]*contract.Ledger{},
		paid: map[int]line{}, cost: map[[2]int]line{}, rises: map[string]string{}, weeks: map[weeksOf]line{}, fees: map[int]line{}, pays: map[paidTo]line{},
		spent: map[avoidedBy]map[contract.Arm]line{}, cash: map[avoidedBy]line{}, results: map[contract.Prices]*results{},
	}
	if p.Inflation != 0 {
		m.kinds = append(m.kinds, contract.Cash)
	}
	if err := m.refused(); err != nil {
		return nil, err
	}
	for _, u := range p.UnitCosts {
		if u.Indexation.Valid {
			m.careIn = contract.Cash
		}
	}
	for _, kind := range []contract.Prices{contract.Constant, contract.Cash} {
		if kind == contract.Cash && p.Inflation == 0 {
			continue
		}
		projection, err := montecarlo.Central(r.Version, kind)
		if err != nil {
			return nil, err
		}
		m.central[kind], m.ledgers[kind] = projection, projection.Ledger
	}
	return m, nil
}

// describe describes every sheet: first what is worked out, then what is shown.
func (m *maker) describe() {
	m.newInputs()
	m.general()
	m.newLines()
	m.newTimeline()
	m.newPrices()
	m.newCounts()
	m.newClaims()
	m.newCaps()
	m.newPayers()
	m.newCare()
	for _, kind := range m.kinds {
		m.results[kind] = m.newResults(kind)
	}
	m.newProfile()
	m.newBudget()
	m.newSavings()
	m.newCashflow()
	m.newHeadline()
	m.newCases()
	m.newSimulated()
	m.newAssumptions()
	m.newDictionary()
	m.newChecks()
	m.newNotes()
	m.newCover()
	m.b.order("Cover", "Headline", "Checks", "Inputs", "Constants", "Assumptions", "Timeline", "Units", "Weeks", "Prices", "Claims", "Caps", "Payers", "Care",
		"Constant", "Cash", "Profile", "Budget", "Savings", "Cashflow", "Cases", "Simulated", "Dictionary", "Notes")
}

// workings adds a sheet with quarters as columns.
func (m *maker) workings(name, title string, about ...string) *sheet {
	heads := append([]string{}, axisHeads...)
	for _, q := range m.shape.Quarters {
		heads = append(heads, q.String())
	}
	s := m.b.sheet(name, title, heads, about...)
	s.axis = true
	return s
}
