package plot

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// eachProgramme runs a test of every programme of the library in its first case.
func eachProgramme(t *testing.T, do func(t *testing.T, v *scenario.Version)) {
	t.Helper()
	for _, info := range scenario.List() {
		t.Run(info.Name, func(t *testing.T) { do(t, version(t, info.Name, "")) })
	}
}

// A maximum that is as much as was paid limits nothing; one of after a variation does. By
// the files: Norfolk's is no cap, and Cheshire's cap is the sum of its first plan.
func TestMaximumThatIsWhatWasPaid(t *testing.T) {
	for name, want := range map[string]float64{"norfolk": 0, "cheshire-west": 1_028_926, "dn2": 9_123_323} {
		pounds, ok := latestMaximum(version(t, name, "").Programme)
		assert.Equal(t, want > 0, ok, name)
		if ok {
			assert.Equal(t, want, pounds)
		}
	}
	_, ok := laterMaximum(version(t, "dn2", "").Programme)
	assert.False(t, ok, "it is the cap")
	f, err := PublishedProgrammes(version(t, "norfolk", "").Programme)
	require.NoError(t, err)
	assert.Contains(t, f.Note, "The maximum published for Stronger Families Norfolk is what was paid and limits nothing")
}

// Modelled lines end at the last claim: where they end more than nothing is paid, or the
// quarter before has the last of it.
func TestPaymentsEndAtTheLastClaim(t *testing.T) {
	eachProgramme(t, func(t *testing.T, v *scenario.Version) {
		r := run(t, v, 40)
		all, err := paymentLines(v.Programme, []*montecarlo.Result{r})
		require.NoError(t, err)
		for _, l := range all {
			cut := l.drawn()
			if l.actual || len(cut.y) < 2 {
				continue
			}
			assert.Greater(t, max(cut.y[len(cut.y)-1], cut.y[len(cut.y)-2]), 0.0, l.name)
			left := total(l.y) - total(cut.y)
			assert.LessOrEqual(t, left, 0.01*total(l.y), "what is not drawn of %s", l.name)
		}
	})
}

// Plans that end at one point have one name there: Staffordshire's third and fourth.
func TestPlansThatEndTogether(t *testing.T) {
	all := publishedLines(version(t, "staffordshire-ifss", "").Programme)
	for i := range all {
		for _, q := range all[i].quarters {
			all[i].x = append(all[i].x, float64(q.Sub(calendar.NewQuarter(2018, 1))))
		}
	}
	assert.Equal(t, "Plans 3 and 4", plansSaid(all, endTogether(all, 3)))
	assert.Equal(t, "Plans 1 and 2", plansSaid(all, endTogether(all, 0)))
	assert.Empty(t, endTogether(all, 4), "actual payments have a name of their own")
}

// Published payments are added up by hand: the last of each line is the sum of its plan, or
// of what was paid.
func TestPublishedCumulativePayments(t *testing.T) {
	eachProgramme(t, func(t *testing.T, v *scenario.Version) {
		p := v.Programme
		f, err := PublishedCumulativePayments(p)
		if len(p.Published.Plans)+len(p.Published.Actual) == 0 {
			require.ErrorContains(t, err, "are published: write them under published")
			return
		}
		drawn(t, "published-cumulative-"+p.Name, f, err)
		require.NotRegexp(t, `(?i)model|simulat|replication|assum|seed|medium`, f.Alt())
		last := map[any]any{}
		for _, row := range f.Rows {
			last[row[0]] = row[2]
		}
		sums := map[string]float64{"Actual": sumOf(p.Published.Actual)}
		for _, plan := range p.Published.Plans {
			sums[strings.ToUpper(plan.Name[:1])+plan.Name[1:]] = sumOf(plan.Payments)
		}
		for name, sum := range sums {
			if got, ok := last[name]; ok {
				assert.InDelta(t, sum, got, 0.01, name)
			}
		}
	})
	f, err := PublishedCumulativePayments(version(t, "dn2", "").Programme)
	require.NoError(t, err)
	// 9,123,323 less 4,102,992 is 5,020,331.
	assert.Equal(t, "The £4.10m paid by Q2 2024/25 leaves £5.02m of the £9.12m cap", f.Title)
	f, err = PublishedCumulativePayments(version(t, "norfolk", "").Programme)
	require.NoError(t, err)
	assert.Regexp(t, `^The £8\.63m paid by Q2 2024/25 is £\d+k ahead of plan 1$`, f.Title)
	_, err = PublishedCumulativePayments(nil)
	require.Error(t, err)
}

// Every metric of every programme has a bar or a target that is at least a quarter of its
// axis, so that it can be read, and no heading begins with a small letter.
func TestAchievementsCanBeRead(t *testing.T) {
	eachProgramme(t, func(t *testing.T, v *scenario.Version) {
		r := run(t, v, 40)
		a := newAchievements(v.Programme)
		a.results, a.names = []*montecarlo.Result{r}, []string{"base"}
		a.colours = caseColours(a.names)
		_, err := a.figure()
		require.NoError(t, err)
		for _, g := range a.groups {
			if g.isEmpty() {
				continue
			}
			assert.GreaterOrEqual(t, max(g.longest(), g.target)/g.scale(), 1.0-1e-9, g.name)
			name, _ := achievedLayout{}.heading(g)
			assert.NotRegexp(t, `^[a-z]`, name)
		}
	})
}

// Headings stand on the canvas where the two columns have names of different lengths.
func TestHeadingsOfAchievementsStandOnTheCanvas(t *testing.T) {
	f, err := Achievements(run(t, version(t, "suffolk", "low"), 20))
	drawn(t, "achievements-suffolk-low", f, err)
}

// What all metrics achieve together is after deadweight: added up anew from the table.
func TestAchievementsTogether(t *testing.T) {
	v := version(t, "norfolk", "")
	f, err := Achievements(run(t, v, 40))
	drawn(t, "achievements-together", f, err)
	sum, all := 0.0, 0.0
	for _, row := range f.Rows {
		switch {
		case row[1] == "published":
			assert.Equal(t, []any{145_852.0, 145_852.0, 166_784}, row[3:6])
		case row[0] == "all metrics, after deadweight":
			all = row[4].(float64)
		default:
			i := slices.IndexFunc(v.Programme.Contract.Metrics, func(m contract.Metric) bool { return m.Name == row[0] })
			sum += row[4].(float64) * (1 - v.Programme.Contract.Metrics[i].AgreedDeadweight.InexactFloat64())
		}
	}
	assert.InDelta(t, sum, all, 1e-6)
}

// The foot of a chart has no name of a method, and one council is not councils.
func TestFootIsPlain(t *testing.T) {
	eachProgramme(t, func(t *testing.T, v *scenario.Version) {
		r := run(t, v, 40)
		for _, draw := range []drawer{NetSaving, one(SavesMoreThan), one(Waterfall)} {
			f, err := draw(r)
			require.NoError(t, err)
			assert.NotRegexp(t, `random numbers|independent lives|pairing`, f.Note)
			if len(v.Programme.Shape().Commissioners) == 1 {
				assert.NotContains(t, f.Note, "councils")
			}
			assert.NotContains(t, f.Title, " but ")
		}
	})
}

// Chances beside a distribution are whole percentages, all alike.
func TestChancesOfNetSavingAreWhole(t *testing.T) {
	r := run(t, version(t, "norfolk", "medium"), 37)
	f, err := NetSaving(r)
	require.NoError(t, err)
	seen := &recorder{width: defaultWidth, height: defaultHeight}
	f.draw(seen)
	var texts []string
	for _, one := range seen.texts {
		if strings.Contains(one.text, "probability of a saving") {
			texts = append(texts, one.text)
		}
	}
	require.NotEmpty(t, texts, "%v", seen.texts)
	for _, text := range texts {
		assert.Regexp(t, `^[<>]?\d+% probability of a saving$`, text)
	}
}

// A title that needs two lines at half size has no word alone on one.
func TestTitlesAreBalanced(t *testing.T) {
	style := bold(lettering(15, ink))
	title := "No metric had passed 52% of its target by June 2024; no case passes 85% by the end of it"
	for width := style.Width(title) - 1; width > 0.6*style.Width(title); width -= 7 {
		lines := strings.Split(balanced(style, title, width), "\n")
		require.Len(t, lines, 2)
		shorter := min(style.Width(lines[0]), style.Width(lines[1]))
		assert.Greater(t, float64(shorter/style.Width(title)), 0.35, fmt.Sprint(lines))
		assert.Equal(t, title, strings.Join(lines, " "))
	}
}

func one(draw func(*montecarlo.Result) (*Figure, error)) drawer {
	return func(all ...*montecarlo.Result) (*Figure, error) { return draw(all[0]) }
}
