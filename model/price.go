package model

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

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
// everything that cannot be priced, each a *Fault.
func (p *Programme) Pricer() (*contract.Pricer, error) {
	care := contract.Care{UnitCosts: p.UnitCosts, CostedAs: map[string]string{}, Cashable: map[string]decimal.Decimal{}}
	for _, s := range p.States {
		if _, ok := p.state(s.Parent); ok {
			care.CostedAs[s.Name] = s.Parent
		}
	}
	for _, c := range p.Cohorts {
		care.Cashable[c.Name] = c.CashableShare
	}
	pricer, err := contract.NewPricer(p.Contract, care, p.Shape())
	if err != nil {
		return nil, errors.Join(faultsIn(err)...)
	}
	return pricer, nil
}

// Price turns counts into a ledger under the programme's prices. The counts may
// come from another version of the programme, as long as only prices differ:
// tariffs, indexation, caps, payers, unit costs, cashable shares. Otherwise the
// error wraps [ErrOtherRules]. A programme that cannot be priced is an error too.
func Price[N contract.Number](p *Programme, counts *contract.Counts[N]) (*contract.Ledger, error) {
	if err := p.SameRules(counts.Rules); err != nil {
		return nil, err
	}
	pricer, err := p.Pricer()
	if err != nil {
		return nil, err
	}
	ledger := pricer.NewLedger()
	contract.Price(pricer, counts, ledger)
	return ledger, nil
}

// ErrOtherRules says that counts cannot be priced under a programme, because rules
// that decide what one child's life earns are not those they were counted under.
// Errors that wrap it name the sections of the programme that differ.
var ErrOtherRules = errors.New("the counts were made under other rules")

// SameRules returns an error that wraps [ErrOtherRules] unless counts made under
// other rules can be priced under this programme.
func (p *Programme) SameRules(other contract.Rules) error {
	var changed []string
	for section, print := range p.Rules() {
		if other[section] != print {
			changed = append(changed, section)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	slices.Sort(changed)
	return fmt.Errorf("%w (%s): only prices can change without running again", ErrOtherRules, strings.Join(changed, ", "))
}

// Rules returns a fingerprint of every section of the programme that decides
// where children live and what their lives earn in units.
func (p *Programme) Rules() contract.Rules {
	metrics := make([]contract.Metric, len(p.Contract.Metrics))
	for i, m := range p.Contract.Metrics {
		metrics[i] = contract.Metric{
			Name: m.Name, Cohorts: m.Cohorts, Commissioners: m.Commissioners, Ages: m.Ages, States: m.States, Trigger: m.Trigger,
		}
	}
	cohorts := slices.Clone(p.Cohorts)
	for i := range cohorts {
		cohorts[i].CashableShare = decimal.Decimal{}
		cohorts[i].Title = ""
	}
	sections := map[string]any{
		"calendar":          []any{p.Start, p.Weeks},
		"commissioners":     p.Commissioners,
		"states":            p.States,
		"background":        p.Background,
		"ages":              p.Ages,
		"cohorts":           cohorts,
		"metrics":           metrics,
		"minimum referrals": p.MinimumReferrals.Weeks,
		"capacity":          p.Capacity,
	}
	rules := contract.Rules{}
	for section, content := range sections {
		rules[section] = fingerprint(content)
	}
	return rules
}

// Fingerprint identifies everything that figures depend on: two valid
// programmes with the same fingerprint give the same figures.
func (p *Programme) Fingerprint() string {
	rules := p.Rules()
	parts := []any{p.Contract, p.UnitCosts, p.DiscountRate, p.Inflation, p.SavingsTargets, p.Affordability, p.Published.figures(), p.Delivery, p.Facility}
	for _, c := range p.Cohorts {
		parts = append(parts, c.CashableShare)
	}
	for _, section := range slices.Sorted(maps.Keys(rules)) {
		parts = append(parts, rules[section])
	}
	return fingerprint(parts)
}

func fingerprint(content any) string {
	text, err := json.Marshal(content)
	if err != nil { // not a number somewhere: the programme is invalid
		text = fmt.Appendf(nil, "%#v", content)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}
