package model

import (
	"errors"
	"reflect"

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
//
// A cashable share is a share of what is avoided. Where the exact expectation has
// a cohort's care cost more with the programme than without it, in constant prices,
// over the tracking window and all councils and quarters together, the extra cost
// is cash in full, in every replication: its share is 1. Without an expectation
// every share is as stated. The rule is that of [contract.Pricer.SetAvoided], by which a
// pricer can be told of another expectation.
func (p *Programme) Pricer(prices contract.Prices, expected *contract.Expected) (*contract.Pricer, error) {
	if p == nil {
		return nil, p.Validate()
	}
	pricer, err := contract.NewPricer(p.Contract, p.care(), p.Shape(), p.PriceIndex(), prices)
	if err != nil {
		return nil, errors.Join(faultsIn(err)...)
	}
	if expected == nil {
		return pricer, nil
	}
	avoided, err := pricer.Avoided(expected, nil)
	if err != nil {
		return nil, errOtherShape
	}
	return pricer, pricer.SetAvoided(avoided)
}

var errOtherShape = errors.New("the counts do not have the shape of the programme: give those of a replication or of its expectation, whole")

// fits reports whether counts have the shape of others, and as many numbers.
func fits[N contract.Number](counts, like *contract.Counts[N]) bool {
	alike := reflect.DeepEqual(counts.Shape, like.Shape) && len(counts.Weeks) == len(like.Weeks) && len(counts.Units) == len(like.Units)
	if other := counts.Independent; other != nil {
		alike = alike && len(other.Weeks) == len(like.Weeks)
	}
	return alike
}

// Price turns counts into a ledger under the programme's terms, in constant or in
// cash prices. The counts may
// come from another version of the programme, as long as only prices differ:
// tariffs, indexation, caps, payers, unit costs, cashable shares. Otherwise the
// error wraps [ErrOtherRules]. A programme that cannot be priced is an error too.
//
// Expected counts say themselves which cohorts cost more with the programme, whose
// extra cost is cash in full. Those of one replication do not, and are priced with
// the shares as stated: to price replications, use [Programme.Pricer] with the
// exact expectation.
func Price[N contract.Number](p *Programme, counts *contract.Counts[N], prices contract.Prices) (*contract.Ledger, error) {
	if p == nil || counts == nil {
		return nil, errors.New("there is no programme or there are no counts to price: give both")
	}
	if err := p.SameRules(counts.Rules); err != nil {
		return nil, err
	}
	if !fits(counts, contract.NewCounts[N](p.Shape())) {
		return nil, errOtherShape
	}
	expected, _ := any(counts).(*contract.Expected)
	pricer, err := p.Pricer(prices, expected)
	if err != nil {
		return nil, err
	}
	ledger := pricer.NewLedger()
	contract.Price(pricer, counts, ledger)
	return ledger, nil
}

// care is what weeks cost and how much of what is avoided is cash.
func (p *Programme) care() contract.Care {
	care := contract.Care{UnitCosts: p.UnitCosts, CostedAs: map[string]string{}, Cashable: map[string]decimal.Decimal{}}
	for _, c := range p.Cohorts {
		care.Cashable[c.Name] = c.CashableShare
	}
	for _, s := range p.States {
		if _, ok := p.state(s.Parent); ok {
			care.CostedAs[s.Name] = s.Parent
		}
	}
	return care
}

// SetCare gives a pricer the programme's unit costs and cashable shares, where
// nothing else differs from the programme that the pricer was made for, as from one
// draw of uncertain inputs to another: it takes a fraction of the time of a new one,
// and no memory where the costs are the same everywhere and in every year.
// What each cohort is expected to avoid is to be set afterwards. The error joins what
// cannot be priced, each a *Fault.
func (p *Programme) SetCare(pricer *contract.Pricer) error {
	if p == nil || pricer == nil {
		return errors.New("there is no programme, or no pricer to give its costs to")
	}
	var few [16]decimal.Decimal
	cashable := few[:0]
	for i := range p.Cohorts {
		cashable = append(cashable, p.Cohorts[i].CashableShare)
	}
	if err := pricer.SetCare(p.UnitCosts, cashable); err != nil {
		return errors.Join(faultsIn(err)...)
	}
	return nil
}
