package plot

import (
	"bytes"
	"encoding/csv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Children whom a pause loses have no weight among those of all cohorts.
func TestOccupancyFollowsPauses(t *testing.T) {
	base := version(t, "dn2", "base")
	p := base.Programme
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
	_, err = Occupancy("", central(t, base))
	assert.ErrorContains(t, err, "no child is referred")
}

// table is a figure's data by column.
func table(t *testing.T, f *Figure) []map[string]string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, f.Write(&b, CSV))
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
	f, err := Achievements(run(t, version(t, "suffolk", ""), 20))
	drawn(t, "achievements-suffolk", f, err)
	targets := map[string]string{}
	for _, row := range table(t, f) {
		targets[row["metric"]] = row["target"]
	}
	assert.Equal(t, map[string]string{
		"M1 edge of care, days": "", "M2 reunification, days": "", "M1 edge of care, children": "202", "M2 reunification, children": "86",
	}, targets)

	f, err = Achievements(run(t, version(t, "cheshire-west", ""), 20))
	drawn(t, "achievements-cheshire", f, err)
	assert.Contains(t, f.Note, "Target published in children only, and not drawn: days not in residential care (20).")
	assert.Contains(t, f.Alt(), "target 20 children, none in days")
	row := table(t, f)[0]
	assert.Equal(t, []string{"", "20"}, []string{row["target"], row["target, children"]})

	f, err = Achievements(run(t, version(t, "pyramid", ""), 20))
	drawn(t, "achievements-pyramid", f, err)
	assert.Contains(t, f.Note, "13 of 13 metrics have a published target in children only, which is not drawn.")
}

// Units are said to be before an agreed deadweight where there is one.
func TestAchievementsBeforeDeadweight(t *testing.T) {
	f, err := Achievements(run(t, version(t, "norfolk", ""), 20))
	drawn(t, "achievements-norfolk", f, err)
	assert.Contains(t, f.Note, "Units of M1 edge of care are before the agreed deadweight of 33% is deducted.")
	assert.Contains(t, f.Alt(), "before the agreed deadweight of 33% is deducted")
	rows := table(t, f)
	assert.Equal(t, []string{"days before deadweight", "days"}, []string{rows[0]["unit"], rows[1]["unit"]})
	f, err = Achievements(run(t, version(t, "dn2", ""), 20))
	require.NoError(t, err)
	assert.NotContains(t, f.Note+f.Alt(), "deadweight")
}

// Quarters that are apportioned from longer claims are said not to be published.
func TestDerivedQuarters(t *testing.T) {
	for name, want := range map[string]string{
		"norfolk": "8 of 23", "suffolk": "8 of 21", "staffordshire-ifss": "9 of 25", "cheshire-west": "11 of 26", "pyramid": "1 of 16",
	} {
		r := run(t, version(t, name, ""), 20)
		f, err := Payments(r)
		drawn(t, "payments-"+name, f, err)
		said := "Actual payments for " + want + " quarters are derived from claims for other periods, apportioned or added up."
		assert.Contains(t, f.Note, said)
		assert.Contains(t, f.Alt(), said)
		n := 0
		for _, row := range table(t, f) {
			if row["derived from other claims"] == "yes" {
				n++
				assert.Equal(t, "Actual", row["series"])
			}
		}
		assert.Contains(t, said, " "+words.Count(float64(n))+" of ")
		f, err = CumulativePayments(r)
		drawn(t, "fan-"+name, f, err)
		assert.Contains(t, f.Note, said)
	}
	f, err := Payments(run(t, version(t, "dn2", ""), 20))
	require.NoError(t, err)
	assert.NotContains(t, f.Note, "derived")
}

// Payments depend on where children would have been and on how old they are.
func TestNotesOfPaymentsNameMovesAndAges(t *testing.T) {
	medium := version(t, "dn2", "medium")
	r := run(t, medium, 20)
	for _, draw := range []drawer{CumulativePayments, Payments, NetSaving, CapitalPosition} {
		f, err := draw(r)
		require.NoError(t, err)
		assert.Contains(t, f.Note, "moves without the programme")
		assert.Contains(t, f.Note, "some ages at referral")
	}
	p := r.Version.Programme
	for i := range p.Register {
		if _, ok := ages.match(p.Register[i]); ok {
			p.Register[i].Status = model.Published
		}
	}
	f, err := CumulativePayments(r)
	require.NoError(t, err)
	assert.NotContains(t, f.Note, "ages")
}

// A target that is no longer the latest is said to be an earlier one.
func TestEarlierTarget(t *testing.T) {
	f, err := Programmes(projections(t, "suffolk", "pyramid")...)
	drawn(t, "programmes-earlier", f, err)
	assert.Contains(t, f.Alt(), "target 288, since superseded (the latest is 542 service users)")
	rows := table(t, f)
	assert.Equal(t, []string{"288", "yes"}, []string{rows[1]["target or first plan"], rows[1]["target of an earlier stage"]})
	suffolk := central(t, version(t, "suffolk", ""))
	c := achievementOf(suffolk.Version.Programme, suffolk.Expectation.Counts)
	label, _ := c.texts(words.Count)
	assert.Equal(t, "266 of 288 children, the earlier target", label)
	assert.Empty(t, rows[3]["target of an earlier stage"])
}
