package model

import (
	"errors"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Calendar returns the programme's weeks.
func (p *Programme) Calendar() calendar.Weeks {
	return calendar.Weeks{Start: p.Start, Count: p.Weeks}
}

// Shape returns the names of the rows and columns of the programme's counts.
func (p *Programme) Shape() *contract.Shape {
	weeks := p.Calendar()
	s := &contract.Shape{}
	for q := range weeks.Quarters() {
		s.Quarters = append(s.Quarters, weeks.Quarter(0).Add(q))
	}
	for _, c := range p.Commissioners {
		s.Commissioners = append(s.Commissioners, c.Name)
	}
	for _, c := range p.Cohorts {
		s.Cohorts = append(s.Cohorts, c.Name)
	}
	for _, state := range p.States {
		s.States = append(s.States, state.Name)
	}
	for _, m := range p.Contract.Metrics {
		s.Metrics = append(s.Metrics, m.Name)
	}
	return s
}

// Pricer prepares the programme's prices: contract terms, unit costs (a planned
// state without its own costs as its parent) and cashable shares. The error joins
// everything that cannot be priced, each a *Fault. Ledgers are in the kind of
// prices that is asked for.
func (p *Programme) Pricer(prices contract.Prices) (*contract.Pricer, error) {
	care := contract.Care{UnitCosts: p.UnitCosts, CostedAs: map[string]string{}, Cashable: map[string]decimal.Decimal{}}
	for _, s := range p.States {
		if _, ok := p.state(s.Parent); ok {
			care.CostedAs[s.Name] = s.Parent
		}
	}
	for _, c := range p.Cohorts {
		care.Cashable[c.Name] = c.CashableShare
	}
	pricer, err := contract.NewPricer(p.Contract, care, p.Shape(), p.PriceIndex(), prices)
	if err != nil {
		return nil, errors.Join(faultsIn(err)...)
	}
	return pricer, nil
}

// Price turns counts into a ledger under the programme's terms, in constant or in
// cash prices. The counts may
// come from another version of the programme, as long as only prices differ:
// tariffs, indexation, caps, payers, unit costs, cashable shares. Otherwise the
// error wraps [ErrOtherRules]. A programme that cannot be priced is an error too.
func Price[N contract.Number](p *Programme, counts *contract.Counts[N], prices contract.Prices) (*contract.Ledger, error) {
	if err := p.SameRules(counts.Rules); err != nil {
		return nil, err
	}
	pricer, err := p.Pricer(prices)
	if err != nil {
		return nil, err
	}
	ledger := pricer.NewLedger()
	contract.Price(pricer, counts, ledger)
	return ledger, nil
}
