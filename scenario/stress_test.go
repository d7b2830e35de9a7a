package scenario_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// allStresses are the common ones in their order.
var allStresses = []string{
	"start seven months late", "start 29 months late", "preparation takes twice as long", "referrals down 20%", "referrals down 35%",
	"placements break down half as often again", "placements break down twice as often", "half the matches fail",
	"claims paid a quarter late", "delivery cost grows 10% a year", "delivery cost 20% higher", "tariffs cut by 10%", "cap cut by a fifth",
}

const hazard = "{hazard: 0.008, to: {foster: 100%}}"

// The good file has a cohort that never fails, no cap and no delivery terms.
func TestStressesThatDoNotFitAreLeftOut(t *testing.T) {
	assert.Equal(t, []string{
		"start seven months late", "start 29 months late", "preparation takes twice as long", "referrals down 20%", "referrals down 35%",
		"half the matches fail", "tariffs cut by 10%", "all at once",
	}, names(good(t).Stresses()))

	full := changed(t, "contract cap: 1000000\ndelivery: {scale: 1, uplift: 0%, claims paid after: 30 days}", "failure: none", "failure: "+hazard)
	assert.Equal(t, append(slices.Clone(allStresses), scenario.AllAtOnce), names(full.Stresses()))

	// Everything that a stress changes must be written.
	bare := changed(t, "delivery: {per start: 1000}")
	assert.NotContains(t, names(bare.Stresses()), "delivery cost grows 10% a year")
	assert.NotContains(t, names(bare.Stresses()), "claims paid a quarter late")

	// It must fit every case: here the second has moves and no hazard.
	other := changed(t, "", "failure: none", "failure: "+hazard, "      cohorts.*.start probability: 45%", "      cohorts.stability.failure: {foster: 0, residential: 0.01}")
	assert.NotContains(t, names(other.Stresses()), "placements break down twice as often")

	var unknown *scenario.NameError
	_, err := good(t).Version("low + cap cut by a fifth")
	require.ErrorAs(t, err, &unknown)
	assert.Equal(t, "stress", unknown.Or.What)
	assert.Equal(t, names(good(t).Stresses()), unknown.Or.Valid)
	_, err = good(t).Version("low + referrals down 25%")
	assert.ErrorContains(t, err, `there is no variant or stress called "referrals down 25%": did you mean "referrals down 20%"?`)
}

func TestStressesOfTheFileComeFirst(t *testing.T) {
	d := template(t)
	all := d.Stresses()
	assert.Equal(t, []string{"referrals pause for half a year", "wage settlement", "start seven months late"}, names(all)[:3])
	assert.Equal(t, scenario.CaseInfo{
		Name: scenario.AllAtOnce, Edits: 5,
		Note: "These together: start seven months late, referrals pause for half a year and wage settlement.",
	}, all[len(all)-1])
	for _, info := range all {
		assert.NotEmpty(t, info.Note, info.Name)
		assert.Positive(t, info.Edits, info.Name)
		stressed(t, d, "high", info.Name)
	}
}

// A variant takes the place of the common stress of its name, listed or not.
func TestVariantReplacesCommonStress(t *testing.T) {
	const own = "  referrals down 20%: {edits: {cohorts.*.referrals.children: {times: 0.7}}}\n"
	d := changed(t, own)
	assert.Equal(t, names(good(t).Stresses()), names(d.Stresses()))
	assert.Equal(t, 28.0, stressed(t, d, "low", "referrals down 20%").Cohorts[0].Referrals.Children)

	d = changed(t, own+"stresses: [referrals down 20%]\n")
	assert.Equal(t, "referrals down 20%", names(d.Stresses())[0])
	assert.Len(t, d.Stresses(), len(good(t).Stresses()))
	assert.NotContains(t, names(d.Stresses()), "cheap", "a variant that is not listed")
}

func TestStressesAreNamed(t *testing.T) {
	p := stressed(t, good(t), "low", "referrals down 20%")
	assert.Equal(t, model.Input{
		Path: "cohorts.step-down.referrals.children", Value: "32", Status: model.Assumed,
		Note: "0.8 × 40", By: "referrals down 20%",
	}, input(t, p, "cohorts.step-down.referrals.children"))

	// A fault that a stress helps to bring about names it.
	_, err := good(t).Version("low + {end=2029-03-31} + start seven months late")
	require.NoError(t, err)
	_, err = good(t).Version("low + start seven months late + {end=2029-03-31}")
	assert.ErrorContains(t, err, "referrals end on 2029-10-31, after the programme ends on 2029-03-31")
}

// The first day and what runs from it stay, and the referrals come later.
func TestLateStart(t *testing.T) {
	before := programmeOf(t, dn2(t), "medium")
	after := stressed(t, dn2(t), "medium", "start seven months late")
	assert.Equal(t, before.Start, after.Start)
	assert.Equal(t, before.Delivery.Mobilisation, after.Delivery.Mobilisation)
	assert.Equal(t, before.Delivery.FixedPerQuarter[0], after.Delivery.FixedPerQuarter[0], "the team is in post")
	for i, later := range []string{"2025-05-01", "2026-05-01"} { // and stays so much longer
		assert.Equal(t, later, after.Delivery.FixedPerQuarter[i+1].From.String())
	}
	assert.Equal(t, "2025-05-01", after.Facility.RepayFrom.String())
	assert.Equal(t, before.Weeks+30, after.Weeks, "to 30 April 2027")
	for i, c := range after.Cohorts {
		assert.Equal(t, 31, c.Referrals.First, "the first whole week from 1 May 2021 on")
		assert.Equal(t, before.Cohorts[i].Referrals.Last+31, c.Referrals.Last, "to 30 April 2025")
	}
}

// All at once is its parts one after the other.
func TestAllAtOnce(t *testing.T) {
	d := dn2(t)
	p := stressed(t, d, "medium", scenario.AllAtOnce)
	assert.Equal(t, 136, p.Delivery.ClaimsPaidAfter)
	assert.Equal(t, 0.1, p.Delivery.Uplift)
	assert.Equal(t, 52, p.Cohorts[0].Lag)
	assert.InDelta(t, 64.5*0.65, p.Cohorts[0].Referrals.Children, 1e-9)
	assert.Equal(t, "450", p.Contract.Metrics[0].Tariff.Amount.String())
	assert.Equal(t, "placements break down half as often again", input(t, p, "cohorts.step-down.failure.hazard").By)

	again := programmeOf(t, d, "medium + start seven months late + preparation takes twice as long + referrals down 35% + "+
		"placements break down half as often again + claims paid a quarter late + delivery cost grows 10% a year + tariffs cut by 10%")
	assert.Equal(t, p.Fingerprint(), again.Fingerprint())

	// Twice the same: what the first made is what the second goes on from.
	d = changed(t, "  a bit later: {edits: {cohorts.*.lag: {plus: 4 weeks}}}\nstresses: [a bit later]\n"+
		"all at once: [a bit later, preparation takes twice as long]")
	assert.Equal(t, 60, stressed(t, d, "medium", scenario.AllAtOnce).Cohorts[0].Lag)
}

// Of the common list only what fits is put on together; one alone is no
// combination.
func TestAllAtOnceOfWhatFits(t *testing.T) {
	all := good(t).Stresses()
	assert.Equal(t, "These together: start seven months late, preparation takes twice as long, referrals down 35% and tariffs cut by 10%.", all[len(all)-1].Note)

	never := changed(t, "", "end: 2031-03-31", "end: 9999-06-30", "start: 2026-04-01", "start: 9960-04-01", "from: 2026-04-01, to: 2029-03-31", "from: 9960-04-01, to: 9969-03-31",
		"from: 2026-04-03, to: 2029-03-26", "from: 9960-04-03, to: 9969-03-26", "tariff: 401.10", "tariff: none", "lag: 1 week", "lag: 3000 weeks")
	assert.Equal(t, []string{"referrals down 20%", "referrals down 35%", "half the matches fail"}, names(never.Stresses()))
	_, err := never.Version("low + all at once")
	assert.ErrorContains(t, err, `there is no variant or stress called "all at once": the only variant is "cheap"; the stresses are "referrals down 20%"`)
}

// The stresses that a file puts on together are checked when it is read, and the
// faults stand in its own list.
func TestAllAtOnceIsChecked(t *testing.T) {
	for list, problems := range map[string][]string{
		"stresses: [earlier]\nall at once: [start seven months late, earlier]": {
			`x.yaml:57:14: cohorts.step-down.referrals.to: in "all at once": referrals end on 2029-10-31, after the programme ends on 2029-06-30: write that day or an earlier one, or move end`,
			`x.yaml:57:14: cohorts.stability.referrals.to: in "all at once": referrals end on 2029-10-26, after the programme ends on 2029-06-30: write that day or an earlier one, or move end`,
		},
		"all at once: [referrals down 20%]": {
			`x.yaml:56:14: all at once: there is only "referrals down 20%": name at least two stresses, or remove the line`,
		},
		"stresses: [cheep]\nall at once: [cheap, nothing]": { // which ones are stresses is not known
			`x.yaml:56:12: stresses.1: there is no variant called "cheep": did you mean "cheap"? The variants are "cheap" and "earlier"`,
		},
		"stresses: cheap": {
			`x.yaml:56:11: stresses: "cheap" was given where a list is needed: put it in square brackets, as [cheap]`,
		},
	} {
		_, err := scenario.Read("x.yaml", strings.NewReader(goodText(t)+"  earlier: {edits: {end: 2029-06-30}}\n"+list))
		assert.EqualError(t, err, strings.Join(problems, "\n"))
	}
}

// What is handed out can be changed without harm.
func TestStressesAreCopies(t *testing.T) {
	d := template(t)
	clear(d.Stresses())
	clear(d.Variants())
	clear(d.Cases())
	stressed(t, d, "low", "start seven months late")
	assert.NotEmpty(t, d.Stresses()[0].Name)
}

func TestStressesAtTheSameTime(t *testing.T) {
	d := good(t)
	for range 4 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			assert.Len(t, d.Stresses(), 8)
		})
	}
}
