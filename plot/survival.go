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
		Subtitle:  setting("Share of children who start, by weeks since the start, expected with the programme and without it", p, "", projection.Version) + fittedLine(bearsOn{}, projection.Version),
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
			f.row(c.Name, u, Share(s.planned[u]), Share(s.with[u]), Share(s.without[u]))
		}
		said, all = append(said, s.said()), append(all, s)
	}
	for i, s := range all {
		s.tips(f, i)
		f.Panels = append(f.Panels, Panel{words.Capital(s.cohort.Name), s.plot(len(all) == 1)})
	}
	if len(all) > 1 {
		f.Key = survivalKey()
	}
	f.Note = note(p, nil, sentences("Exact expectation at stated values; children leave on their 18th birthday", successSaid(all)), whatWasStarted...)
	f.Title, f.Summary = survivalFound(all), strings.Join(said, " ")
	return inCurrency(f, p), nil
}

// tips say the three shares in every fourth week.
func (s *survival) tips(f *Figure, panel int) {
	const everyFour = 4 // weeks
	for u := 0; u < len(s.planned); u += everyFour {
		f.tip(panel, float64(u), fmt.Sprintf("%s, week %d since the start: %s still as planned", words.Capital(s.cohort.Name), u, words.Percent(s.planned[u])),
			words.Percent(s.with[u])+" in a state of success", words.Percent(s.without[u])+" had there been no programme")
	}
}

// survivalKey explains the lines of several panels.
func survivalKey() []KeyEntry {
	return []KeyEntry{
		{"Still as planned", line{style: solid(dark, 2.25)}},
		{"In a state of success with the programme", line{style: solid(middle, 1.5)}},
		{"In such a state had there been no programme", line{style: dashedWide()}},
	}
}

// survivalFound says how many children are where success is when they are last followed,
// and how many would be without the programme: of several cohorts in that where the two
// differ most.
func survivalFound(all []*survival) string {
	most := all[0]
	for _, s := range all {
		if s.gained() > most.gained()+1e-9 {
			most = s
		}
	}
	end := len(most.with) - 1
	write := finely(highestOf(most.with[end:], most.without[end:]))
	with, without := write(most.with[end]), write(most.without[end])
	where := livesIn(most.success)
	if len(most.success) > 2 {
		where = "in a state of success"
	}
	if with == without {
		return "The programme hardly changes how many are " + where + " when tracking ends"
	}
	last := fmt.Sprintf("after %d weeks", end)
	if len(all) == 1 {
		return brief(fmt.Sprintf("With the programme %s are %s %s, not %s", with, where, last, without),
			fmt.Sprintf("With the programme %s are in success %s, not %s", with, last, without))
	}
	of, changes := most.cohort.Name+": ", " "+last+", not "+without
	full := of + with + " are " + where + changes + "; no cohort gains more"
	return words.Capital(firstThatFits(
		brief(full, of+with+" in success"+changes+"; none gains more"),
		"In one cohort "+with+" are in success"+changes+"; none gains more",
	))
}

// gained is how many more are where success is when they are last followed.
func (s *survival) gained() float64 {
	end := len(s.with) - 1
	return s.with[end] - s.without[end]
}

// successSaid says where a child is who counts as a success, by cohort where they differ.
func successSaid(all []*survival) string {
	var each []string
	alike := true
	for _, s := range all {
		alike = alike && slices.Equal(s.success, all[0].success)
		each = append(each, s.cohort.Name+" "+livesIn(s.success))
	}
	const last = ", as planned or not. Without the programme: the same children, had there been none"
	if alike {
		return "Success: " + livesIn(all[0].success) + last
	}
	return "Success: " + strings.Join(each, "; ") + last
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

// plot draws the three lines; alone they are named.
func (s *survival) plot(alone bool) *plot.Plot {
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
			{edge, s.without[last], percentOf(s.without[last]), lettering(labelSize, mix(alert, ink, 0.25)), ""},
			{edge, s.planned[last], percentOf(s.planned[last]), bold(lettering(labelSize, dark)), ""},
		}
		if with := percentOf(s.with[last]); with != ends[1].text { // else the lines are one
			ends = append(ends, endLabel{edge, s.with[last], with, lettering(labelSize, hex(0x2171b5)), ""})
		}
		p.Add(ends)
	}
	if alone {
		p.Add(s.names(x))
	}
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, float64(len(x)), 0, 1
	p.X.Tick.Marker, p.Y.Tick.Marker = weekTicks{}, shareTicks()
	return p
}

// names are those of the three lines.
func (s *survival) names(x []float64) curveLabels {
	where := words.Capital(livesIn(s.success))
	if len(s.success) > 2 {
		where = "In a state of success"
	}
	names := curveLabels{clearOf: math.NaN(), lines: []curveLabel{
		{x, s.planned, "Still as planned", bold(lettering(labelSize, dark)), []string{"As planned"}, ""},
		{x, s.with, where + ", as planned or not", bold(lettering(labelSize, mix(middle, ink, 0.4))), []string{"Success"}, ""},
		{x, s.without, where + " without the programme", bold(lettering(labelSize, mix(alert, ink, 0.25))), []string{"Without the programme", "Without"}, ""},
	}}
	if slices.Equal(s.planned, s.with) {
		names.lines[1].text, names.lines[1].shorter = "", nil
	}
	return names
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
