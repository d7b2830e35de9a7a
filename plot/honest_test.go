package plot

import (
	"bytes"
	"encoding/csv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Children whom a pause loses have no weight among those of all cohorts.
func TestOccupancyFollowsPauses(t *testing.T) {
	p := programme(t, "dn2", "base")
	r := &p.Cohorts[1].Referrals
	r.Pauses = []model.Pause{{From: r.First, To: r.First + (r.Last-r.First)/2}}
	require.Less(t, r.Expected(), r.Children)
	all := &occupancy{programme: p, cohorts: cohortsOf(p, "")}
	all.orderStates()
	together, err := all.shares(contract.Counterfactual)
	require.NoError(t, err)
	const week = 10
	children, want := 0.0, make([]float64, len(all.states))
	for i := range p.Cohorts {
		one := &occupancy{programme: p, cohorts: []*model.Cohort{&p.Cohorts[i]}, states: all.states}
		shares, err := one.shares(contract.Counterfactual)
		require.NoError(t, err)
		n := p.Cohorts[i].Referrals.Expected()
		children += n
		for s := range want {
			want[s] += n * shares[s][week]
		}
	}
	for s := range want {
		assert.InDelta(t, want[s]/children, together[s][week], 1e-12)
	}

	for i := range p.Cohorts {
		p.Cohorts[i].Referrals.Pauses = []model.Pause{{To: 10_000}}
	}
	_, err = Occupancy(p, "")
	assert.ErrorContains(t, err, "no child is referred")
}

// table is a figure's data by column.
func table(t *testing.T, f *Figure) []map[string]string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, f.CSV(&b))
	rows, err := csv.NewReader(&b).ReadAll()
	require.NoError(t, err)
	var all []map[string]string
	for _, row := range rows[1:] {
		one := map[string]string{}
		for i, cell := range row {
			one[rows[0][i]] = cell
		}
		all = append(all, one)
	}
	return all
}

// A target in children is drawn only beside metrics that count each child once,
// and no target is never a target of 0.
func TestTargetsOfAchievements(t *testing.T) {
	suffolk := programme(t, "suffolk", "")
	f, err := Achievements(suffolk, run(t, suffolk, 20))
	drawn(t, "achievements-suffolk", f, err)
	targets := map[string]string{}
	for _, row := range table(t, f) {
		targets[row["metric"]] = row["target"]
	}
	assert.Equal(t, map[string]string{
		"M1 edge of care, days": "", "M2 reunification, days": "", "M1 edge of care, children": "202", "M2 reunification, children": "86",
	}, targets)

	cheshire := programme(t, "cheshire-west", "")
	f, err = Achievements(cheshire, run(t, cheshire, 20))
	drawn(t, "achievements-cheshire", f, err)
	assert.Contains(t, f.Note, "Published in children only, and not drawn: the target of days not in residential care (20).")
	assert.Contains(t, f.Alt(), "no target in days, but of 20 children")
	row := table(t, f)[0]
	assert.Equal(t, []string{"", "20"}, []string{row["target"], row["target, children"]})

	pyramid := programme(t, "pyramid", "")
	f, err = Achievements(pyramid, run(t, pyramid, 20))
	drawn(t, "achievements-pyramid", f, err)
	assert.Contains(t, f.Note, "Of 13 of 13 metrics a target is published in children only, and not drawn.")
}

// Units are said to be before an agreed deadweight where there is one.
func TestAchievementsBeforeDeadweight(t *testing.T) {
	p := programme(t, "norfolk", "")
	f, err := Achievements(p, run(t, p, 20))
	drawn(t, "achievements-norfolk", f, err)
	assert.Contains(t, f.Note, "Units of M1 edge of care are before the agreed deadweight of 33% is taken off.")
	assert.Contains(t, f.Alt(), "before the agreed deadweight of 33% is taken off")
	rows := table(t, f)
	assert.Equal(t, []string{"days before deadweight", "days"}, []string{rows[0]["unit"], rows[1]["unit"]})
	p = programme(t, "dn2", "")
	f, err = Achievements(p, run(t, p, 20))
	require.NoError(t, err)
	assert.NotContains(t, f.Note+f.Alt(), "deadweight")
}

// Quarters that are apportioned from longer claims are said not to be published.
func TestDerivedQuarters(t *testing.T) {
	for name, want := range map[string]string{
		"norfolk": "8 of 23", "suffolk": "8 of 21", "staffordshire-ifss": "9 of 25", "cheshire-west": "11 of 26", "pyramid": "1 of 16",
	} {
		p := programme(t, name, "")
		f, err := Payments(p)
		drawn(t, "payments-"+name, f, err)
		said := "Actual payments of " + want + " quarters are derived from other claims, apportioned or added up."
		assert.Contains(t, f.Note, said)
		assert.Contains(t, f.Alt(), said)
		n := 0
		for _, row := range table(t, f) {
			if row["derived from other claims"] == "yes" {
				n++
				assert.Equal(t, "Actual", row["series"])
			}
		}
		assert.Contains(t, said, " "+count(float64(n))+" of ")
		f, err = CumulativePayments(p, run(t, p, 20))
		drawn(t, "fan-"+name, f, err)
		assert.Contains(t, f.Note, said)
	}
	f, err := Payments(programme(t, "dn2", ""))
	require.NoError(t, err)
	assert.NotContains(t, f.Note, "derived")
}

// Payments depend on where children would have been and on how old they are.
func TestNotesOfPaymentsNameMovesAndAges(t *testing.T) {
	p := programme(t, "dn2", "medium")
	r := run(t, p, 20)
	for _, draw := range []func(*model.Programme, ...*montecarlo.Result) (*Figure, error){CumulativePayments, Payments, NetSaving, CapitalPosition} {
		f, err := draw(p, r)
		require.NoError(t, err)
		assert.Contains(t, f.Note, "moves without the programme")
		assert.Contains(t, f.Note, "in part ages at referral")
	}
	for i := range p.Register {
		if ages.path.MatchString(string(p.Register[i].Path)) {
			p.Register[i].Status = model.Published
		}
	}
	f, err := CumulativePayments(p, r)
	require.NoError(t, err)
	assert.NotContains(t, f.Note, "ages")
}

// A target that is no longer the latest is said to be an earlier one.
func TestEarlierTarget(t *testing.T) {
	f, err := Programmes(entries(t, "suffolk", "pyramid")...)
	drawn(t, "programmes-earlier", f, err)
	assert.Contains(t, f.Alt(), "target 288 at an earlier stage (latest: 542 service users)")
	rows := table(t, f)
	assert.Equal(t, []string{"288", "yes"}, []string{rows[1]["target or first plan"], rows[1]["target of an earlier stage"]})
	c, err := achievementOf(Entry{Programme: programme(t, "suffolk", "")})
	require.NoError(t, err)
	label, _ := c.texts(count)
	assert.Equal(t, "266 of 288 children, the earlier target", label)
	assert.Empty(t, rows[3]["target of an earlier stage"])
}
