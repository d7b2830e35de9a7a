package plot

import (
	"fmt"
	"math"
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
		Subtitle:  setting("Share of children who start, by week: still placed as planned, and in success with the programme or without", p, "", projection.Version),
		SameScale: true,
		Columns:   []string{"cohort", "week since the start", "in the planned placement", "in a state of success, with", "in a state of success, without"},
	}
	var said []string
	var all []*survival
	for _, c := range cohorts {
		s, err := newSurvival(p, c)
		if err != nil {
			return nil, err
		}
		for u := range s.planned {
			f.row(c.Name, u, s.planned[u], s.with[u], s.without[u])
		}
		said, all = append(said, s.said()), append(all, s)
	}
	explained := slices.IndexFunc(all, (*survival).apart)
	for i, s := range all {
		naming := unnamed
		switch {
		case len(all) == 1:
			naming = inFull
		case i == explained:
			naming = inShort
		case explained < 0 && i == len(all)-1:
			naming = atEnds
		}
		f.Panels = append(f.Panels, Panel{words.Capital(s.cohort.Name), s.plot(naming)})
	}
	f.Note = note(p, nil, sentences("Exact expectation at stated values; children leave on their 18th birthday", successSaid(all)), whatWasStarted...)
	f.Title, f.Summary = survivalFound(all), strings.Join(said, " ")
	return inCurrency(f, p), nil
}

// survivalFound says how many planned placements still last when tracking ends, and with
// one cohort how many children would be in the same state without the programme.
func survivalFound(all []*survival) string {
	var last []float64
	for _, s := range all {
		end := len(s.planned) - 1
		last = append(last, s.planned[end])
	}
	whole := !slices.ContainsFunc(all, func(s *survival) bool { return len(s.planned) < s.cohort.Tracking })
	if len(all) == 1 {
		s, end := all[0], len(all[0].planned)-1
		return brief(
			fmt.Sprintf("With the programme %s are %s after %d weeks, not %s", percentOf(s.with[end]), livesIn(s.success), end, percentOf(s.without[end])),
			fmt.Sprintf("After %d weeks %s of planned placements still last", end, percentOf(s.planned[end])),
		)
	}
	low, high := lowestHighest(last)
	text := span(percentOf(low), percentOf(high)) + " of planned placements last "
	if whole {
		return text + "until tracking ends"
	}
	return text + "as long as they can be followed"
}

// apart reports whether the three lines of a cohort end apart, so that each can be named.
func (s *survival) apart() bool {
	end := len(s.planned) - 1
	const least = 0.09
	return s.with[end]-s.planned[end] > least && math.Abs(s.with[end]-s.without[end]) > least && math.Abs(s.planned[end]-s.without[end]) > least
}

// successSaid says where a child is who counts as a success, by cohort where they differ.
func successSaid(all []*survival) string {
	var each []string
	alike := true
	for _, s := range all {
		alike = alike && slices.Equal(s.success, all[0].success)
		each = append(each, s.cohort.Name+" "+livesIn(s.success))
	}
	if alike {
		return "Success: " + livesIn(all[0].success) + ", as planned or not"
	}
	return "Success: " + strings.Join(each, "; ") + ", as planned or not"
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

// naming is how the lines of a panel are named: in full where it stands alone, and of
// several panels in one, where lines are apart, or else at the ends in the last.
type naming int

const (
	unnamed naming = iota
	inFull
	inShort
	atEnds
)

// plot draws the three lines.
func (s *survival) plot(how naming) *plot.Plot {
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
		edge := float64(len(x)) // of the plot
		ends := endLabels{
			{edge, s.without[last], percentOf(s.without[last]), lettering(labelSize, mix(alert, ink, 0.25))},
			{edge, s.planned[last], percentOf(s.planned[last]), bold(lettering(labelSize, dark))},
		}
		if with := percentOf(s.with[last]); with != ends[1].text { // else the lines are one
			ends = append(ends, endLabel{edge, s.with[last], with, lettering(labelSize, hex(0x2171b5))})
		}
		if how == atEnds {
			for i, name := range []string{"without", "placed", "success"}[:len(ends)] {
				ends[i].text += " " + name
			}
		}
		p.Add(ends)
	}
	names := curveLabels{clearOf: math.NaN(), lines: []curveLabel{
		{x: x, y: s.planned, style: bold(lettering(labelSize, dark))},
		{x: x, y: s.with, style: bold(lettering(labelSize, mix(middle, ink, 0.4)))},
		{x: x, y: s.without, style: bold(lettering(labelSize, mix(alert, ink, 0.25)))},
	}}
	switch {
	case how == inFull:
		where := livesIn(s.success)
		texts := []string{"Still placed as planned", words.Capital(where) + ", as planned or not", words.Capital(where) + " without the programme"}
		short := []string{"Placed", "Success", "Without"}
		for i := range names.lines {
			names.lines[i].text, names.lines[i].shorter = texts[i], short[i:i+1]
		}
	case how == inShort:
		for i, text := range []string{"Placed", "Success", "Without"} {
			names.lines[i].text = text
		}
	}
	if slices.Equal(s.planned, s.with) {
		names.lines[1].text, names.lines[1].shorter = "", nil
	}
	p.Add(names)
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, float64(len(x)), 0, 1
	p.X.Tick.Marker, p.Y.Tick.Marker = weekTicks{}, shareTicks()
	return p
}

// said puts the cohort in words: the shares after each half of tracking.
func (s *survival) said() string {
	var parts []string
	for _, u := range []int{len(s.planned) / 2, len(s.planned) - 1} {
		parts = append(parts, fmt.Sprintf("%d weeks after the start %s are still in the planned placement, %s are %s with the programme and %s would be without it",
			u, percentOf(s.planned[u]), percentOf(s.with[u]), livesIn(s.success), percentOf(s.without[u])))
	}
	return words.Capital(s.cohort.Name) + ": " + strings.Join(parts, "; ") + "."
}
