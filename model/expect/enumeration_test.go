package expect_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// TestEveryPath compares every figure with the sum over every path that a child
// can take, for small random programmes. The enumeration below applies the
// rules one week at a time to one child of one age, referred in one week by one
// commissioner, and lets the contract's own Count read the finished path.
func TestEveryPath(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for range 3 { // many a random programme has little to tell
			agrees(t, smallProgramme(t))
		}
	})
}

// TestEveryPathOfLongLives does so over months: children move in a few weeks
// only, so that there are few paths through many weeks.
func TestEveryPathOfLongLives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for range 3 {
			agrees(t, longProgramme(t))
		}
	})
}

func agrees(t *rapid.T, p *model.Programme) {
	got, err := expect.Of(p)
	require.NoError(t, err)
	want := enumerate(p)
	same(t, "weeks", want.counts.Weeks, got.Counts.Weeks)
	same(t, "units", want.counts.Units, got.Counts.Units)
	same(t, "referred", want.counts.Referred, got.Counts.Referred)
	same(t, "started", want.counts.Started, got.Counts.Started)
	same(t, "early", want.counts.Early, got.Counts.Early)
	require.Len(t, got.PerChild, len(want.perChild))
	require.Len(t, got.Deadweight, len(want.perChild))
	for i := range want.perChild {
		w, g := want.perChild[i], got.PerChild[i]
		require.Equal(t, []string{w.Cohort, w.Metric}, []string{g.Cohort, g.Metric})
		same(t, "mean and variance", []float64{w.Mean, w.Variance}, []float64{g.Mean, g.Variance})

		d, h := want.deadweight[i], got.Deadweight[i]
		require.Equal(t, []string{d.Cohort, d.Metric}, []string{h.Cohort, h.Metric})
		same(t, "deadweight", []float64{d.Share, d.CounterfactualWeeks, d.InterventionWeeks},
			[]float64{h.Share, h.CounterfactualWeeks, h.InterventionWeeks})
	}
}

func same(t *rapid.T, what string, want, got []float64) {
	t.Helper()
	require.InDeltaSlice(t, want, got, 1e-10, what)
}

// enumeration is what the enumeration adds up.
type enumeration struct {
	p          *model.Programme
	counts     *contract.Expected
	perChild   []expect.PerChild
	deadweight []expect.Deadweight
}

func enumerate(p *model.Programme) *enumeration {
	e := &enumeration{p: p, counts: contract.NewCounts[float64](p.Shape())}
	for c := range p.Cohorts {
		for m, metric := range p.Contract.Metrics {
			if slices.Contains(metric.Cohorts, p.Cohorts[c].Name) {
				e.metric(c, m)
			}
		}
		e.everyChild(c, func(ch child) {
			e.referral(ch)
			for _, arm := range contract.Arms() {
				e.everyPath(ch, arm, func(path path) { e.weeks(ch, arm, path) })
			}
		})
	}
	return e
}

// child is one kind of child: what is drawn before the first week.
type child struct {
	cohort, commissioner int
	referred             int // week
	age                  age
	probability          float64
}

// age is all that matters of an age at referral.
type age struct {
	weeks int    // of life before the birthday and the horizon
	paid  string // for each metric y if it pays for a child of this age, or n
}

// everyChild calls f with every kind of child of a cohort.
func (e *enumeration) everyChild(cohort int, f func(child)) {
	c := &e.p.Cohorts[cohort]
	for i, share := range c.Referrals.Shares() {
		for k, commissioner := range e.p.Commissioners {
			for age, probability := range e.ages(c.Referrals.First+i, c.Lag) {
				f(child{cohort, k, c.Referrals.First + i, age, share * commissioner.ReferralShare * probability})
			}
		}
	}
}

// ages returns the probabilities of the ages of a child who is referred in a
// week and may start some weeks later.
func (e *enumeration) ages(referred, lag int) map[age]float64 {
	left := e.p.Weeks - referred
	if e.p.Ages.None() {
		return map[age]float64{{left, "yy"}: 1}
	}
	ages := map[age]float64{}
	from, to := e.p.Ages.Days()
	for days := from; days < to; days++ {
		one := age{weeks: min(left, model.WeeksBefore18(days))}
		for _, m := range e.p.Contract.Metrics {
			years := float64(days+7*lag) / model.DaysPerYear
			if years < m.Ages.From || m.Ages.To > 0 && years >= m.Ages.To {
				one.paid += "n"
			} else {
				one.paid += "y"
			}
		}
		ages[one] += 1 / float64(to-from)
	}
	return ages
}

// pays reports whether a metric pays for a child, whatever the path.
func (e *enumeration) pays(m int, ch child) bool {
	only := e.p.Contract.Metrics[m].Commissioners
	return ch.age.paid[m] == 'y' && (len(only) == 0 || slices.Contains(only, e.p.Commissioners[ch.commissioner].Name))
}

// path is one finished life.
type path struct {
	states      []string // by week
	start       int      // week of the start, -1 for none
	probability float64
}

// everyPath calls f with every path of a child in one arm.
func (e *enumeration) everyPath(ch child, arm contract.Arm, f func(path)) {
	c := &e.p.Cohorts[ch.cohort]
	background := e.p.BackgroundOf(c)
	var live func(so path, state string, clock int)
	live = func(so path, state string, clock int) {
		t := len(so.states)
		switch {
		case so.probability == 0:
			return
		case t == ch.age.weeks:
			f(so)
			return
		}
		enters := func(so path, state string, clock int) { // week t is lived in state, then comes the move
			so.states = append(slices.Clone(so.states), state)
			row := background[state]
			if state == c.PlannedState && t < c.Lag+c.Tracking {
				row = c.Failure
			}
			stay := 1.0
			if !c.HoldUntilStart || t+1 > c.Lag {
				for _, m := range row.At(t, clock) {
					moved := so
					moved.probability *= m.Probability
					live(moved, m.To, 0)
					stay -= m.Probability
				}
			}
			so.probability *= stay
			live(so, state, clock+1)
		}
		if arm == contract.Intervention && t == c.Lag && state == c.StartState {
			started := so
			started.start = t
			started.probability *= c.StartProbability
			enters(started, c.PlannedState, 0)
			so.probability *= 1 - c.StartProbability
		}
		enters(so, state, clock)
	}
	live(path{start: -1, probability: 1}, c.StartState, c.AlreadyThere)
}

// quarter is the place of a week of the programme among the quarters.
func (e *enumeration) quarter(week int) int {
	return slices.Index(e.counts.Shape.Quarters, e.p.Start.AddDays(7*week+6).Quarter())
}

func (e *enumeration) referral(ch child) {
	children := e.p.Cohorts[ch.cohort].Referrals.Children * ch.probability
	e.counts.ReferredIn(ch.cohort, ch.commissioner)[e.quarter(ch.referred)] += children
	if ch.referred < e.p.MinimumReferrals.Weeks {
		e.counts.Early[e.counts.Shape.Row(ch.cohort, ch.commissioner)] += children
	}
}

func (e *enumeration) weeks(ch child, arm contract.Arm, path path) {
	c := &e.p.Cohorts[ch.cohort]
	children := c.Referrals.Children * ch.probability * path.probability
	for t := 0; ch.referred+t < e.p.Weeks; t++ {
		state, window := model.LeftCare, contract.AfterTracking
		if t < len(path.states) {
			state = path.states[t]
		}
		if t < c.Lag+c.Tracking {
			window = contract.Tracking
		}
		e.counts.WeeksIn(window, arm, ch.cohort, ch.commissioner, slices.Index(e.counts.Shape.States, state))[e.quarter(ch.referred+t)] += children
	}
	if path.start >= 0 {
		e.counts.StartedIn(ch.cohort, ch.commissioner)[e.quarter(ch.referred+path.start)] += children
	}
}

func (e *enumeration) metric(cohort, m int) {
	c, metric := &e.p.Cohorts[cohort], &e.p.Contract.Metrics[m]
	one := expect.PerChild{Cohort: c.Name, Metric: metric.Name}
	d := expect.Deadweight{Cohort: c.Name, Metric: metric.Name}
	square, with, without := 0.0, 0.0, 0.0
	e.everyChild(cohort, func(ch child) {
		e.everyPath(ch, contract.Intervention, func(path path) {
			probability, units := ch.probability*path.probability, 0.0
			spans := metric.Trigger.Count(e.asContractSees(c, metric, ch.referred, path), nil)
			if !e.pays(m, ch) {
				spans = nil
			}
			for _, span := range spans {
				for t := span.From; t < span.To; t++ {
					e.counts.UnitsOf(m, ch.commissioner)[e.quarter(ch.referred+t)] += c.Referrals.Children * probability * float64(span.Units)
					units += float64(span.Units)
				}
			}
			one.Mean += probability * units
			square += probability * units * units
			if path.start >= 0 && e.pays(m, ch) {
				with += probability
				d.InterventionWeeks += probability * e.successes(c, metric, path)
			}
		})
		e.everyPath(ch, contract.Counterfactual, func(path path) {
			if c.Lag < len(path.states) && path.states[c.Lag] == c.StartState && e.pays(m, ch) {
				without += ch.probability * path.probability
				d.CounterfactualWeeks += ch.probability * path.probability * e.successes(c, metric, path)
			}
		})
	})
	one.Variance = square - one.Mean*one.Mean
	if with > 0 {
		d.InterventionWeeks /= with
		d.CounterfactualWeeks /= without
	}
	if d.InterventionWeeks > 0 {
		d.Share = d.CounterfactualWeeks / d.InterventionWeeks
	}
	e.perChild, e.deadweight = append(e.perChild, one), append(e.deadweight, d)
}

// asContractSees is a path as the contract's own Count reads it.
func (e *enumeration) asContractSees(c *model.Cohort, m *contract.Metric, referred int, path path) contract.Path {
	seen := contract.Path{Start: path.start, Referred: e.p.Calendar().First(referred)}
	for t, state := range path.states {
		i := slices.Index(e.counts.Shape.States, state)
		if n := len(seen.Stays); n > 0 && seen.Stays[n-1].State == i {
			seen.Stays[n-1].To++
			continue
		}
		seen.Stays = append(seen.Stays, contract.Stay{State: i, From: t, To: t + 1})
	}
	for i, state := range e.p.States {
		named := slices.Contains(m.States, state.Name) || slices.Contains(m.States, state.Parent)
		if named || len(m.States) == 0 && state.Name == c.PlannedState {
			seen.Payable = seen.Payable.Add(i)
		}
	}
	return seen
}

// successes counts a path's weeks of success in the tracking window.
func (e *enumeration) successes(c *model.Cohort, m *contract.Metric, path path) (weeks float64) {
	parent := map[string]string{}
	for _, s := range e.p.States {
		parent[s.Name] = s.Parent
	}
	success := m.Success
	if len(success) == 0 {
		success = []string{parent[c.PlannedState]}
	}
	for t, state := range path.states {
		if t >= c.Lag && t < c.Lag+c.Tracking && (slices.Contains(success, state) || slices.Contains(success, parent[state])) {
			weeks++
		}
	}
	return weeks
}

// smallProgramme draws a programme with few enough paths to list: birthdays
// inside its few weeks, both clocks, overrides, a quarter's end.
func smallProgramme(t *rapid.T) *model.Programme {
	p := drawProgramme(t, rapid.IntRange(1, 7).Draw(t, "weeks"), drawRow)
	if rapid.Bool().Draw(t, "ages") {
		p.Ages = model.Ages{From: rapid.SampledFrom([]float64{17.88, 17.95}).Draw(t, "from"), To: rapid.SampledFrom([]float64{17.98, 18}).Draw(t, "to")}
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "metrics") {
		p.Contract.Metrics = append(p.Contract.Metrics, drawMetric(t, p, i, contract.TriggerKinds()))
	}
	return p
}

// longProgramme draws a programme of up to half a year, with moves in up to
// four weeks since referral.
func longProgramme(t *rapid.T) *model.Programme {
	weeks := rapid.IntRange(5, 26).Draw(t, "weeks")
	moving := rapid.SliceOfNDistinct(rapid.IntRange(0, weeks-1), 1, 4, rapid.ID).Draw(t, "moving")
	slices.Sort(moving)
	p := drawProgramme(t, weeks, func(t *rapid.T, from string) (row markov.Row) {
		at := 0
		for _, week := range moving {
			if week > at {
				row = append(row, markov.Piece{Since: markov.Span{From: at, To: week}})
			}
			row = append(row, markov.Piece{Since: markov.Span{From: week, To: week + 1}, Moves: drawMoves(t, from)})
			at = week + 1
		}
		return append(row, markov.Piece{Since: markov.Span{From: at}})
	})
	for i := range p.Cohorts {
		c := &p.Cohorts[i]
		c.Referrals.Last = min(c.Referrals.First+1, weeks-1)
		c.Tracking = rapid.IntRange(0, weeks).Draw(t, "tracking")
	}
	if rapid.IntRange(0, 3).Draw(t, "ages") == 0 {
		p.Ages = model.Ages{From: 17.7, To: 17.75}
	}
	for i := range rapid.IntRange(1, 2).Draw(t, "metrics") {
		p.Contract.Metrics = append(p.Contract.Metrics, drawMetric(t, p, i, []string{"calendar months", "days", "milestones", "status averted", "status on a date"}))
	}
	return p
}

// drawProgramme draws a programme without ages and metrics, and rows with the
// function given.
func drawProgramme(t *rapid.T, weeks int, drawRow func(t *rapid.T, from string) markov.Row) *model.Programme {
	p := &model.Programme{
		Name: "small", Start: calendar.NewDate(2021, 3, rapid.IntRange(1, 31).Draw(t, "start")),
		Weeks:         weeks,
		Commissioners: []model.Commissioner{{Name: "north", ReferralShare: .75}, {Name: "south", ReferralShare: .25}},
		States: []model.State{
			{Name: "home"},
			{Name: "care"},
			{Name: model.LeftCare},
			{Name: "home, planned", Parent: "home"},
			{Name: "care, planned", Parent: "care"},
		},
		Background: map[string]markov.Row{"home": drawRow(t, "home"), "care": drawRow(t, "care")},
		UnitCosts:  []contract.UnitCost{cost("home", 1), cost("care", 10)},
	}
	p.MinimumReferrals.Weeks = rapid.IntRange(0, p.Weeks).Draw(t, "minimum")
	for i := range rapid.IntRange(1, 2).Draw(t, "cohorts") {
		p.Cohorts = append(p.Cohorts, drawCohort(t, p.Weeks, i, drawRow))
	}
	p.Contract.Payers = commissionersPay()
	return p
}

func drawCohort(t *rapid.T, weeks, i int, drawRow func(t *rapid.T, from string) markov.Row) model.Cohort {
	draw := func(what string, from, to int) int {
		return rapid.IntRange(from, to).Draw(t, fmt.Sprint(what, " of cohort ", i))
	}
	planned := []string{"home, planned", "care, planned"}
	if draw("planned", 0, 1) == 1 {
		slices.Reverse(planned)
	}
	c := model.Cohort{
		Name: fmt.Sprint("cohort ", i), PlannedState: planned[0],
		StartState:       []string{"home", "care", planned[1]}[draw("start", 0, 2)],
		AlreadyThere:     draw("already there", 0, 3),
		HoldUntilStart:   draw("hold", 0, 3) == 0,
		Lag:              draw("lag", 0, min(weeks, 3)),
		StartProbability: []float64{0.25, 0.6, 1}[draw("start probability", 0, 2)],
		Tracking:         draw("tracking", 0, 5),
		Failure:          drawRow(t, planned[0]),
	}
	first := draw("first", 0, weeks-1)
	c.Referrals = model.Referrals{Children: 12.5, First: first, Last: draw("last", first, weeks-1), Ramp: draw("ramp", 0, 4)}
	if state := []string{"", "home", "care"}[draw("override", 0, 2)]; state != "" {
		c.Background = map[string]markov.Row{state: drawRow(t, state)}
	}
	return c
}

func drawMetric(t *rapid.T, p *model.Programme, i int, kinds []string) contract.Metric {
	if weeks := p.Calendar(); quarterEnd.Before(weeks.Last(0)) || !quarterEnd.Before(weeks.Last(p.Weeks)) {
		kinds = slices.DeleteFunc(slices.Clone(kinds), func(kind string) bool { return kind == "status on a date" })
	}
	m := contract.Metric{
		Name:    fmt.Sprint("metric ", i),
		Tariff:  contract.Tariff{Amount: decimal.NewFromInt(100)},
		Trigger: drawTrigger(t, rapid.SampledFrom(kinds).Draw(t, "kind"), p.Weeks),
	}
	m.Commissioners = [][]string{nil, nil, {"north"}, {"south"}, {"south", "north"}}[rapid.IntRange(0, 4).Draw(t, "commissioners")]
	if !p.Ages.None() && m.Trigger.Definition().On.IsZero() {
		m.Ages = rapid.SampledFrom([]contract.AgeRange{
			{}, {From: 17.72}, {To: 17.74}, {From: 17.9, To: 17.97}, {From: 17.96}, {To: 17.99}, {From: 17.93, To: 18}, {To: 3},
		}).Draw(t, "ages paid for")
	}
	var cohorts, states []string
	for _, c := range p.Cohorts {
		cohorts = append(cohorts, c.Name)
	}
	for _, s := range p.States {
		states = append(states, s.Name)
	}
	m.Cohorts = rapid.SliceOfNDistinct(rapid.SampledFrom(cohorts), 1, -1, rapid.ID).Draw(t, "cohorts")
	m.States = rapid.SliceOfNDistinct(rapid.SampledFrom(states), 0, 4, rapid.ID).Draw(t, "payable")
	m.Success = rapid.SliceOfNDistinct(rapid.SampledFrom(states), 0, 2, rapid.ID).Draw(t, "success")
	return m
}

// quarterEnd is a measuring date: small programmes start in the month that it ends.
var quarterEnd = calendar.NewDate(2021, 3, 31)

// drawTrigger draws a trigger of a kind, with terms that say something within a
// programme of so many weeks.
func drawTrigger(t *rapid.T, kind string, weeks int) contract.Trigger {
	trigger, _ := contract.NewTrigger(kind)
	months := weeks/4 + 1
	list := func(name string, most int) []int {
		some := rapid.SliceOfNDistinct(rapid.IntRange(1, most), 1, 3, rapid.ID).Draw(t, name)
		slices.Sort(some)
		return some
	}
	for _, term := range trigger.Definition().Terms {
		switch {
		case term.Name == "first payable week":
			*term.Weeks = rapid.IntRange(0, 2).Draw(t, term.Name)
		case term.Name == "first payable month": // seldom later, or little would be paid
			*term.Months = rapid.IntRange(0, 2).Draw(t, term.Name)
		case term.Weeks != nil:
			*term.Weeks = rapid.IntRange(0, weeks+1).Draw(t, term.Name)
		case term.Months != nil:
			*term.Months = rapid.IntRange(0, months).Draw(t, term.Name)
		case term.Days != nil:
			*term.Days = rapid.IntRange(0, 7*weeks).Draw(t, term.Name)
		case term.EachWeeks != nil:
			*term.EachWeeks = list(term.Name, weeks+1)
		case term.EachMonths != nil:
			*term.EachMonths = list(term.Name, months)
		case term.Date != nil:
			*term.Date = quarterEnd
		default:
			*term.Interruption = rapid.SampledFrom([]contract.Interruption{contract.Ends, contract.Pauses}).Draw(t, term.Name)
		}
	}
	return trigger
}

// drawRow draws the moves out of a state, cut once or not at all on either
// clock. A common row and an override together stay below 1.
func drawRow(t *rapid.T, from string) markov.Row {
	cut := func(clock string) []markov.Span {
		if at := rapid.IntRange(0, 3).Draw(t, clock+" cut"); at > 0 {
			return []markov.Span{{To: at}, {From: at}}
		}
		return []markov.Span{{}}
	}
	var row markov.Row
	for _, since := range cut("since") {
		for _, in := range cut("in") {
			row = append(row, markov.Piece{Since: since, In: in, Moves: drawMoves(t, from)})
		}
	}
	return row
}

func drawMoves(t *rapid.T, from string) (moves []markov.Move) {
	left := 1.0
	for _, to := range []string{"home", "care", model.LeftCare} {
		probability := rapid.SampledFrom([]float64{0, .1, .3, .5}).Draw(t, "move")
		if to != from && probability > 0 && probability <= left {
			left -= probability
			moves = append(moves, markov.Move{To: to, Probability: probability})
		}
	}
	return moves
}
