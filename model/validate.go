package model

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/edgeofcare/edgeofcare/internal/decimals"
	"github.com/edgeofcare/edgeofcare/internal/enum"
	"github.com/edgeofcare/edgeofcare/internal/joined"
	"github.com/edgeofcare/edgeofcare/internal/missing"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// Validate returns every fault of the programme, joined, each a *Fault; nil if
// it can be run and priced.
func (p *Programme) Validate() error {
	v := &validation{p: p}
	if p == nil {
		v.fault("programme", "there is none: build one, or read a file with package scenario")
		return v.faults[0]
	}
	if v.numbers(); len(v.faults) > 0 { // nothing else can be worked out
		return errors.Join(v.faults...)
	}
	v.currency()
	v.frame()
	v.states()
	v.background()
	for i := range p.Cohorts {
		v.cohort(&p.Cohorts[i])
	}
	v.metrics()
	v.minimumReferrals()
	v.savingsTargets()
	v.affordable()
	v.capacity()
	v.delivery()
	v.facility()
	v.uncertain()
	v.conditioned()
	if p.Calendar().Quarters() > 0 && p.Weeks <= maxWeeks {
		v.prices()
	}
	return errors.Join(v.faults...)
}

type validation struct {
	p      *Programme
	faults []error
}

func (v *validation) fault(path, problem string, args ...any) {
	v.faults = append(v.faults, &Fault{Path: path, Problem: fmt.Sprintf(problem, args...)})
}

// numbers records numbers that have too many digits to be worked with.
func (v *validation) numbers() {
	v.faults = append(v.faults, faultsIn(errors.Join(decimals.In("", v.p)...))...)
}

// need records a fault unless ok.
func (v *validation) need(ok bool, path, problem string, args ...any) {
	if !ok {
		v.fault(path, problem, args...)
	}
}

// names records empty and repeated names.
func (v *validation) names(path string, names []string) {
	seen := map[string]bool{}
	for _, name := range names {
		v.need(name != "", path, "a name is empty: each needs one")
		v.need(!seen[name], path, "%q is there twice: names must differ", name)
		seen[name] = true
	}
}

// maxWeeks is the longest that a programme may last: 60 years.
const maxWeeks = 52 * 60

// lasts records a number of weeks below 0.
func (v *validation) lasts(weeks int, path string) {
	v.need(weeks >= 0, path, "%d weeks: it must be 0 or more", weeks)
}

func (v *validation) frame() {
	p := v.p
	v.need(p.Name != "", "programme", "the programme needs a short name")
	inRange := p.Weeks >= 1 && p.Weeks <= maxWeeks
	v.need(!p.Start.IsZero(), "start", "the first day of week 0 is missing: it must be a date")
	v.need(inRange, "end", "the horizon is %d weeks: it must be 1 to %d", p.Weeks, maxWeeks)
	v.need(p.Start.IsZero() || !inRange || p.Calendar().Quarters() > 0, "end",
		"the last week ends after the year 9999: it must end before")
	v.need(len(p.Commissioners) > 0, "commissioners", "there must be at least one")
	sum := 0.0
	var names []string
	for _, c := range p.Commissioners {
		names = append(names, c.Name)
		v.need(probability(c.ReferralShare), "commissioners."+c.Name, "a share of referrals of %v is outside 0 to 1", c.ReferralShare)
		v.need(c.Name != contract.ClaimingCommissioner, "commissioners."+c.Name, "this word stands for each commissioner in the list of payers: use the council's name")
		sum += c.ReferralShare
	}
	v.names("commissioners", names)
	v.need(math.Abs(sum-1) < 1e-9, "commissioners", "the shares of referrals add up to %.6g: they must add up to 1 (100%%)", sum)
	v.inflation()
	v.ages()
}

func (v *validation) states() {
	var names []string
	for _, s := range v.p.States {
		names = append(names, s.Name)
		if s.Parent == "" {
			continue
		}
		path := "states." + s.Name
		parent, ok := v.p.state(s.Parent)
		v.need(ok, path, "its parent %q is not a state: the states are %s", s.Parent, v.stateNames())
		v.need(!ok || parent.Parent == "", path, "its parent %q has a parent itself: only one level is allowed", s.Parent)
		v.need(s.Name != LeftCare, path, "%q cannot have a parent", LeftCare)
	}
	v.names("states", names)
	v.need(slices.Contains(names, LeftCare), "states", "there must be a state %q, where everyone is from the 18th birthday", LeftCare)
	v.need(len(names) <= contract.MaxStates, "states", "there are %d: at most %d are allowed", len(names), contract.MaxStates)
}

func (v *validation) background() {
	for _, state := range slices.Sorted(maps.Keys(v.p.Background)) {
		path := "background." + state
		if v.leavable(path, state) {
			v.row(path, state, v.p.Background[state], "in both arms")
		}
	}
}

// leavable records a fault if a state is not one that the background may move
// children out of.
func (v *validation) leavable(path, state string) bool {
	s, ok := v.p.state(state)
	switch {
	case !ok:
		v.fault(path, "there is no state called %q: the states are %s", state, v.stateNames())
	case state == LeftCare:
		v.fault(path, "%q cannot be left", LeftCare)
	case s.Parent != "":
		v.fault(path, "a planned state moves as its parent %q does: put the moves there", s.Parent)
	default:
		return true
	}
	return false
}

// row records the faults of one row of moves.
func (v *validation) row(path, state string, row markov.Row, arm string) {
	for _, piece := range row {
		for _, move := range piece.Moves {
			to, ok := v.p.state(move.To)
			v.need(ok, path, "there is no state called %q: the states are %s", move.To, v.stateNames())
			v.need(!ok || to.Parent == "", path, "%q is a planned state: it is entered at the start only", move.To)
			v.need(move.To != state, path, "a move from %q to itself: a child who does not move stays, so leave it out", state)
		}
	}
	v.sums(path, state, row, arm)
}

// sums records rows that do not tile or that move more than everyone.
func (v *validation) sums(path, state string, row markov.Row, arm string) {
	for _, err := range joined.Each(row.Validate()) {
		fault, ok := errors.AsType[*markov.RowError](err)
		switch {
		case !ok:
			v.fault(path, "%v", err)
		case fault.Sum > 0:
			v.fault(path, "the moves out of %q %s add up to %.6g a week from %s: they may not add up to more than 1",
				state, arm, fault.Sum, from(fault))
		default:
			v.fault(path, "%s", fault.Say("week", "referral"))
		}
	}
}

// from says in which week a piece of a row comes into force.
func from(e *markov.RowError) string {
	week := fmt.Sprintf("week %d since referral", e.Since.From)
	if e.In != (markov.Span{}) {
		week += fmt.Sprintf(" and week %d in the state", e.In.From)
	}
	return week
}

func (v *validation) cohort(c *Cohort) {
	path := "cohorts." + c.Name
	v.referrals(path+".referrals", c.Referrals)
	var lived, plans []string
	for _, s := range v.p.States {
		if s.Name != LeftCare {
			lived = append(lived, s.Name)
		}
		if s.Parent != "" {
			plans = append(plans, s.Name)
		}
	}
	v.need(slices.Contains(lived, c.StartState), path+".start state",
		"%q is not a state in which a child can be referred: those are %s", c.StartState, list(lived))
	v.need(slices.Contains(plans, c.PlannedState), path+".planned state",
		"%q is not a planned state, which is a state with a parent: those are %s", c.PlannedState, list(plans))
	v.need(c.StartState != c.PlannedState, path+".start state", "the start state is the planned state: they must differ")
	v.lasts(c.Lag, path+".lag")
	v.lasts(c.Tracking, path+".tracking")
	v.lasts(c.AlreadyThere, path+".already there")
	v.need(probability(c.StartProbability), path+".start probability", "%v is outside 0 to 1", c.StartProbability)
	v.row(path+".failure", c.PlannedState, c.Failure, "in the intervention arm")
	for _, state := range slices.Sorted(maps.Keys(c.Background)) {
		over := path + ".background." + state
		if !v.leavable(over, state) {
			continue
		}
		before := len(v.faults)
		v.row(over, state, c.Background[state], "in both arms")
		if len(v.faults) == before {
			v.sums(over, state, v.p.BackgroundOf(c)[state],
				fmt.Sprintf("of cohort %q in both arms, override and common moves together,", c.Name))
		}
	}
}

func (v *validation) referrals(path string, r Referrals) {
	v.need(r.Children >= 0 && r.Children <= 1e6, path+".children", "%s children: it must be from 0 to 1,000,000", strconv.FormatFloat(r.Children, 'f', -1, 64))
	v.need(r.First >= 0 && r.First <= r.Last, path, "referrals run from week %d to week %d: the window holds no whole week of the programme", r.First, r.Last)
	v.need(r.Last < v.p.Weeks, path, "referrals run to week %d, and the programme ends with week %d", r.Last, v.p.Weeks-1)
	v.lasts(r.Ramp, path+".ramp")
	for i, pause := range r.Pauses {
		v.need(pause.From >= 0 && pause.From < pause.To, fmt.Sprintf("%s.pauses.%d", path, i+1),
			"it runs from week %d to before week %d: the first must be 0 or more and below the second", pause.From, pause.To)
	}
	v.need(enum.Valid(r.Law, referralLawNames), path+".law", "%s is not a law of referrals: it must be one of %s", enum.Name(r.Law, referralLawNames), list(referralLawNames))
}

func (v *validation) metrics() {
	var cohorts, names []string
	for _, c := range v.p.Cohorts {
		cohorts = append(cohorts, c.Name)
	}
	v.names("cohorts", cohorts)
	for _, c := range v.p.Commissioners {
		v.need(!slices.Contains(cohorts, c.Name), "cohorts."+c.Name, "a commissioner has this name too: figures are told apart by name, so give the cohort another")
	}
	v.need(len(cohorts) > 0, "cohorts", "there must be at least one")
	for _, m := range v.p.Contract.Metrics {
		names = append(names, m.Name)
		path := "metrics." + m.Name
		v.need(len(m.Cohorts) > 0, path+".cohorts", "the metric pays for no cohort: it must name at least one")
		for _, name := range m.Cohorts {
			v.need(slices.Contains(cohorts, name), path+".cohorts", "there is no cohort called %q: the cohorts are %s", name, list(cohorts))
		}
		for _, name := range slices.Concat(m.States, m.Success) {
			_, ok := v.p.state(name)
			v.need(ok, path, "there is no state called %q: the states are %s", name, v.stateNames())
		}
		if missing.From(m.Trigger) {
			v.fault(path+".trigger", "there is none: it is one of %s", list(contract.TriggerKinds()))
			continue
		}
		for _, err := range joined.Each(m.Trigger.Definition().Validate()) {
			v.fault(path+".trigger", "%s", err)
		}
		v.measured(path, m)
	}
	v.names("metrics", names)
}

// prices records what the pricer cannot price.
func (v *validation) prices() {
	for _, s := range v.p.States {
		if s.Name == LeftCare || s.Parent != "" {
			continue
		}
		priced := slices.ContainsFunc(v.p.UnitCosts, func(u contract.UnitCost) bool { return u.State == s.Name })
		v.need(priced, "unit costs", "there is none for %q: write 0 if it costs nothing", s.Name)
	}
	if _, err := v.p.Pricer(contract.Constant, nil); err != nil {
		v.faults = append(v.faults, joined.Each(err)...)
	}
}

// state returns a state by name.
func (p *Programme) state(name string) (State, bool) {
	i := slices.IndexFunc(p.States, func(s State) bool { return s.Name == name })
	if i < 0 {
		return State{}, false
	}
	return p.States[i], true
}

func (v *validation) stateNames() string {
	var names []string
	for _, s := range v.p.States {
		names = append(names, s.Name)
	}
	return list(names)
}

// list lists names in a sentence.
func list(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return words.Quoted(names, len(names))
}

func probability(p float64) bool { return p >= 0 && p <= 1 }
