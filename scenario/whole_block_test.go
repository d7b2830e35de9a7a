package scenario

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// An edit that gives part of a block says how to change one setting alone: once.
func TestEditOfAWholeBlockSaysHowToChangeOneSetting(t *testing.T) {
	for edit, says := range map[string]string{
		"cohorts.step-down={lag: 3 weeks}":                     "an edit that gives a block gives the whole of it: to change one setting of a block that is there, name it in the path, as in cohorts.step-down.lag",
		"unit costs={residential: 5000}":                       "name it in the path, as in unit costs.residential",
		"cohorts.step-down.referrals=40":                       "to change one of them, name it in the path, as in cohorts.step-down.referrals.children",
		"delivery.mobilisation={amount: 5}":                    "as in delivery.mobilisation.amount",
		"cohorts.step-down.referrals={children: 40, ramp: 26}": "as in cohorts.step-down.referrals.children",
	} {
		one, err := ParseEdit(edit)
		require.NoError(t, err)
		_, err = ofTemplate(t).Version("", one)
		require.ErrorContains(t, err, says)
		require.Equal(t, 1, strings.Count(err.Error(), "name it in the path"), edit)
	}
	// Where no edit gave the block, nothing is said of edits.
	_, err := Read("x.yaml", bytes.NewReader(bytes.Replace(Template(), []byte("    lag:"), []byte("    # lag:"), 1)))
	require.ErrorContains(t, err, `"lag" is missing`)
	require.NotContains(t, err.Error(), "an edit")
}

func ofTemplate(t *testing.T) *Document {
	t.Helper()
	d, err := Read("programme.yaml", bytes.NewReader(Template()))
	require.NoError(t, err)
	return d
}

// An edit of a number that cannot be read is no fault of its own.
func TestWhatFollowsFromAFaultIsNone(t *testing.T) {
	faulty := func(from, to string) error {
		text := string(Template())
		require.Contains(t, text, from)
		_, err := Read("x.yaml", strings.NewReader(strings.Replace(text, from, to, 1)))
		return err
	}
	err := faulty("\n  uplift: 0%", "\n  uplift: 2.5")
	require.ErrorContains(t, err, "delivery.uplift: 2.5 is more than 1")
	require.Len(t, Faults(err), 1)
	// Without it, the edit's own fault is said.
	err = faulty("delivery.uplift: {plus: 3%}", "delivery.uplift: {plus: 3}")
	require.ErrorContains(t, err, "add a percentage, 3%")
	require.Len(t, Faults(err), 1)
}

// 1 may be 1% or 100%, in every yearly rate.
func TestAYearlyRateOfOneIsNotClear(t *testing.T) {
	for _, edit := range []string{"inflation=1", "discount rate=1", "discount rate=1 real", "delivery.uplift=-1", "facility.interest=1 nominal"} {
		one, err := ParseEdit(edit)
		require.NoError(t, err)
		_, err = ofTemplate(t).Version("", one)
		require.ErrorContains(t, err, "may be ", edit)
		require.ErrorContains(t, err, "write it with a % sign", edit)
	}
}
