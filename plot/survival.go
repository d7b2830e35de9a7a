package plot

import (
	"fmt"
	"slices"
	"strings"

	"gonum.org/v1/plot"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Survival draws how long planned placements last: of the children of a cohort
// who start, by weeks since the start,
//
//   - the share still in the planned placement;
//   - the share in a state that counts as success, planned or not;
//   - the share who would be in such a state without the programme.
//
// The states that count as success are those of the first metric that pays for
// the cohort, by default the planned state's parent. The shares are exact
// expectations for children who are under 18 at the start; the 18th birthday ends
// every state. An empty cohort draws every cohort in a panel of its own.
func Survival(cohort string, projection *montecarlo.Projection) (*Figure, error) {
	p, err := projected(projection)
	if err != nil {
		return nil, err
	}
	cohorts := cohortsOf(p, cohort)
	if len(cohorts) == 0 {
		return nil, noCohort(p, cohort)
	}
	f := &Figure{
		Subtitle:  setting("Share of children who start, by weeks since the start", p, "", projection.Version),
		SameScale: true,
		Note:      note(p, nil, "Exact expectation at stated values; children leave on their 18th birthday", whatWasStarted...),
		Columns:   []string{"cohort", "week since the start", "in the planned placement", "in a state of success, with", "in a state of success, without"},
	}
	f.Key = survivalKey()
	var said []string
	var all []*survival
	for _, c := range cohorts {
		s, err := newSurvival(p, c)
		if err != nil {
			return nil, err
		}
		panel := Panel{Name: s.heading(), Plot: s.plot()}
		f.Panels = append(f.Panels, panel)
		for u := range s.planned {
			f.row(c.Name, u, s.planned[u], s.with[u], s.without[u])
		}
		said, all = append(said, s.said()), append(all, s)
	}
	f.Title, f.Summary = survivalFound(all), strings.Join(said, " ")
	return f, nil
}

// survivalFound says how many planned placements still last when tracking ends, and with
// one cohort how many children would be in the same state without the programme.
func survivalFound(all []*survival) string {
	var last []float64
	better := 0
	for _, s := range all {
		end := len(s.planned) - 1
		last = append(last, s.planned[end])
		if s.with[end] > s.without[end] {
			better++
		}
	}
	if len(all) == 1 {
		s, end := all[0], len(all[0].planned)-1
		return firstThatFits(
			fmt.Sprintf("After %d weeks %s of %s are in %s, not %s", end, percentOf(s.with[end]), "those who start", words.And(s.success), percentOf(s.without[end])),
			fmt.Sprintf("After %d weeks %s of planned placements still last", end, percentOf(s.planned[end])),
		)
	}
	low, high := lowestHighest(last)
	text := span(percentOf(low), percentOf(high)) + " of planned placements last until tracking ends"
	if better == len(all) {
		return firstThatFits(text+", more than without them in every cohort", text)
	}
	return text
}

// heading names the cohort and the states that count as success.
func (s *survival) heading() string {
	if state := words.And(s.success); state != s.cohort.Name {
		return words.Capital(s.cohort.Name) + ": " + state
	}
	return words.Capital(s.cohort.Name)
}

func survivalKey() []KeyEntry {
	return []KeyEntry{
		{"Still in the planned placement", line{style: solid(dark, 2.25)}},
		{"In the state named, planned or not", line{style: solid(middle, 1.5)}},
		{"In that state without the programme", line{style: dashedWide()}},
	}
}

// survival is one cohort's shares by week since the start.
type survival struct {
	cohort                 *model.Cohort
	success                []string // the states that count as success, planned ones under their parents
	planned, with, without []float64
}

func newSurvival(p *model.Programme, c *model.Cohort) (*survival, error) {
	lives, err := livesOfStarted(p, c)
	if err != nil {
		return nil, err
	}
	s := &survival{cohort: c, success: successOf(p, c)}
	weeks := len(lives.with[0]) - c.Lag
	s.planned, s.with, s.without = make([]float64, weeks), make([]float64, weeks), make([]float64, weeks)
	for i, state := range p.States {
		for u := range weeks {
			if state.Name == c.PlannedState {
				s.planned[u] += lives.with[i][c.Lag+u]
			}
			if slices.Contains(s.success, state.Name) || slices.Contains(s.success, state.Parent) {
				s.with[u] += lives.with[i][c.Lag+u]
				s.without[u] += lives.without[i][c.Lag+u]
			}
		}
	}
	last := min(c.Tracking, weeks) // tracked weeks alone
	s.planned, s.with, s.without = s.planned[:last], s.with[:last], s.without[:last]
	return s, nil
}

// lives are shares of the children who start, by state and week since referral.
type lives struct{ with, without [][]float64 }

// livesOfStarted works out where the children who start live in both arms, if
// capacity is unlimited.
//
// Expected shares are of all children referred. A child who does not start has the
// same life in both arms, so the difference between the arms divided by the share
// who start is the difference for those who do. Their lives with the programme
// follow from a copy of the programme in which everyone starts.
func livesOfStarted(p *model.Programme, c *model.Cohort) (lives, error) {
	free := *p
	free.Capacity = model.Capacity{}
	p = &free
	with, err := expectedShares(p, c.Name, contract.Intervention)
	if err != nil {
		return lives{}, err
	}
	without, err := expectedShares(p, c.Name, contract.Counterfactual)
	if err != nil {
		return lives{}, err
	}
	started, err := expectedShares(everyoneStarts(p, c.Name), c.Name, contract.Intervention)
	if err != nil {
		return lives{}, err
	}
	planned := slices.IndexFunc(p.States, func(s model.State) bool { return s.Name == c.PlannedState })
	if planned < 0 || c.Lag >= len(with[0]) || with[planned][c.Lag] <= 0 {
		return lives{}, fmt.Errorf("plot: no child of cohort %q starts before the programme ends, so there is no placement to draw", c.Name)
	}
	start, under18 := with[planned][c.Lag], started[planned][c.Lag]
	all := lives{with: started, without: make([][]float64, len(started))}
	for s := range started {
		all.without[s] = make([]float64, len(started[s]))
		for t := range started[s] {
			all.with[s][t] /= under18
			all.without[s][t] = all.with[s][t] + (without[s][t]-with[s][t])/start
		}
	}
	return all, nil
}

// everyoneStarts returns a copy of a programme in which every child of a cohort
// is in the start state until the lag is over, and then starts.
func everyoneStarts(p *model.Programme, cohort string) *model.Programme {
	changed := *p
	changed.Cohorts = slices.Clone(p.Cohorts)
	for i := range changed.Cohorts {
		if changed.Cohorts[i].Name == cohort {
			changed.Cohorts[i].HoldUntilStart, changed.Cohorts[i].StartProbability = true, 1
		}
	}
	return &changed
}

// successOf returns the states that count as success for a cohort.
func successOf(p *model.Programme, c *model.Cohort) []string {
	for _, m := range p.Contract.Metrics {
		if slices.Contains(m.Cohorts, c.Name) && len(m.Success) > 0 {
			return m.Success
		}
	}
	for _, s := range p.States {
		if s.Name == c.PlannedState && s.Parent != "" {
			return []string{s.Parent}
		}
	}
	return []string{c.PlannedState}
}

func (s *survival) plot() *plot.Plot {
	p := newPlot()
	addGrid(p, true, false)
	x := make([]float64, len(s.planned))
	for u := range x {
		x[u] = float64(u)
	}
	p.Add(
		line{x: x, y: s.without, style: dashedWide()},
		line{x: x, y: s.with, style: solid(middle, 1.5)},
		line{x: x, y: s.planned, style: solid(dark, 2.25)},
	)
	if last := len(x) - 1; last > 0 {
		ends := endLabels{
			{x[last], s.without[last], percentOf(s.without[last]), lettering(labelSize, alert)},
			{x[last], s.planned[last], percentOf(s.planned[last]), bold(lettering(labelSize, dark))},
		}
		if with := percentOf(s.with[last]); with != ends[1].text { // else the lines are one
			ends = append(ends, endLabel{x[last], s.with[last], with, lettering(labelSize, hex(0x2171b5))})
		}
		p.Add(ends)
	}
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, float64(len(x)), 0, 1
	p.X.Tick.Marker, p.Y.Tick.Marker = weekTicks{}, shareTicks()
	return p
}

// said puts the cohort in words: the shares after each half of tracking.
func (s *survival) said() string {
	var parts []string
	for _, u := range []int{len(s.planned) / 2, len(s.planned) - 1} {
		parts = append(parts, fmt.Sprintf("%d weeks after the start %s are still in the planned placement, %s are in %s with the programme and %s would be without it",
			u, percentOf(s.planned[u]), percentOf(s.with[u]), words.And(s.success), percentOf(s.without[u])))
	}
	return words.Capital(s.cohort.Name) + ": " + strings.Join(parts, "; ") + "."
}
