package scenario_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// Nothing that a caller can leave out or get wrong is more than an error that says
// what to do.
func TestWrongCallsAreErrors(t *testing.T) {
	d := small(t, "rich.yaml")
	long := strings.Repeat("a + ", 50_000)
	ranged, err := d.Version("medium")
	require.NoError(t, err)
	drawer, err := ranged.Drawer()
	require.NoError(t, err)
	for name, c := range map[string]struct {
		call func() error
		says string
	}{
		"read from nothing":        {func() error { _, err := scenario.Read("x.yaml", nil); return err }, "x.yaml: there is nothing to read from"},
		"open nothing":             {func() error { _, err := scenario.Open(""); return err }, "programme"},
		"open a path":              {func() error { _, err := scenario.Open("../../etc/passwd"); return err }, "programme"},
		"a version of no document": {func() error { _, err := (*scenario.Document)(nil).Version("medium"); return err }, "Open or Read"},
		"a version of a zero one":  {func() error { _, err := new(scenario.Document).Version("medium"); return err }, "Open or Read"},
		"assuming of no document":  {func() error { _, err := (*scenario.Document)(nil).Assuming(); return err }, "Open or Read"},
		"more on no version":       {func() error { _, err := (*scenario.Version)(nil).With("no cap"); return err }, "no programme file"},
		"more on a zero version":   {func() error { _, err := new(scenario.Version).With("no cap"); return err }, "no programme file"},
		"a zero edit":              {func() error { _, err := d.Version("", scenario.Edit{}); return err }, ""},
		"a zero edit assumed":      {func() error { _, err := d.Assuming(scenario.Edit{}); return err }, ""},
		"a draw of a zero drawer":  {func() error { _, err := new(scenario.Drawer).Draw(nil); return err }, "Version.Drawer"},
		"too few quantiles":        {func() error { _, err := drawer.Draw(nil); return err }, "uncertain inputs"},
		"a quantile that is none":  {func() error { _, err := drawer.Draw([]float64{0.5, 0.5, math.NaN()}); return err }, "between 0 and 1"},
		"a quantile of 1":          {func() error { _, err := drawer.Draw([]float64{1, 0.5, 0.5}); return err }, "between 0 and 1"},
		"an endless factor": {func() error {
			_, err := d.Version("", scenario.Times("contract cap", decimal.New(1, 1<<30)))
			return err
		}, "400 digits"},
		"an endlessly fine factor": {func() error {
			_, err := d.Version("", scenario.Times("contract cap", decimal.New(1, math.MinInt32)))
			return err
		}, "400 digits"},
		"a large factor": {func() error {
			_, err := d.Version("", scenario.Times("unit costs.foster", decimal.New(1, 400)))
			return err
		}, ""},
		"an endless amount": {func() error { _, err := d.Version("", scenario.Plus("contract cap", "1e1000000000")); return err }, ""},
		"an endless value":  {func() error { _, err := d.Version("", scenario.Set("contract cap", "1e1000000000")); return err }, ""},
		"a value of many digits": {func() error {
			_, err := d.Version("", scenario.Set("contract cap", strings.Repeat("9", 100_000)))
			return err
		}, ""},
		"a value beyond a file": {func() error {
			_, err := d.Version("", scenario.Set("contract cap", strings.Repeat("9", 10_000_000)))
			return err
		}, ""},
		"a value of many brackets": {func() error {
			_, err := d.Version("", scenario.Set("contract cap", strings.Repeat("[", 100_000)))
			return err
		}, ""},
		"an edit of nothing":        {func() error { _, err := scenario.ParseEdit(""); return err }, "not an edit"},
		"a factor that is none":     {func() error { _, err := scenario.ParseEdit("contract cap*=NaN"); return err }, ""},
		"an endless factor as text": {func() error { _, err := scenario.ParseEdit("contract cap*=1e1000000000"); return err }, ""},
		"fifty thousand parts":      {func() error { _, err := d.Version(long); return err }, ""},
		"fifty thousand braces":     {func() error { _, err := scenario.SplitVersions(strings.Repeat("{", 50_000)); return err }, "brace"},
	} {
		began := time.Now()
		require.NotPanics(t, func() {
			err := c.call()
			require.Error(t, err, name)
			require.ErrorContains(t, err, c.says, name)
			require.NotEmpty(t, strings.TrimSpace(err.Error()), name)
		}, name)
		require.Less(t, time.Since(began), 20*time.Second, name)
	}
}

// What has no error to give gives nothing.
func TestNothingOfNothing(t *testing.T) {
	for _, d := range []*scenario.Document{nil, {}} {
		require.Empty(t, d.Cases())
		require.Empty(t, d.Variants())
		require.Empty(t, d.Stresses())
		require.Empty(t, d.Ranges())
		require.Empty(t, d.Compare())
	}
	for _, v := range []*scenario.Version{nil, {}} {
		require.Nil(t, v.Document())
		require.Empty(t, v.Name())
		require.Empty(t, v.Label())
		require.NotEmpty(t, v.Phrase())
		drawer, err := v.Drawer()
		require.NoError(t, err)
		require.Nil(t, drawer)
	}
	require.Empty(t, scenario.Faults(nil))
	require.NotPanics(t, func() { _ = (&scenario.NameError{}).Error(); _ = scenario.Edit{}.String() })
}

// What one caller does with what a document gave is not seen by another.
func TestDocumentsShareNothing(t *testing.T) {
	d := small(t, "rich.yaml")
	one, err := d.Version("medium")
	require.NoError(t, err)
	print := one.Programme.Fingerprint()
	one.Programme.Cohorts[0].Failure[0].Moves[0].Probability = 1
	one.Programme.UnitCosts[0].PerWeek = decimal.Zero
	one.Programme.Background["foster"][0].Moves[0].To = "nowhere"
	clear(one.Changes)
	d.Cases()[0].Name, d.Compare()[0], d.Variants()[0].Name = "x", "x", "x"
	clear(scenario.Template())
	other, err := d.Version("medium")
	require.NoError(t, err)
	require.Equal(t, print, other.Programme.Fingerprint())
	require.NotEqual(t, print, one.Programme.Fingerprint())
}
