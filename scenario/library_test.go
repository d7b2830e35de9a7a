package scenario_test

import (
	"io/fs"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// Every programme of the library can be opened under its name, and every case,
// and every variant and stress on every case, can be run.
func TestLibrary(t *testing.T) {
	require.Contains(t, scenario.List(), scenario.ProgrammeInfo{Name: "dn2", Title: "DN2 Children's Services Social Impact Bond"})
	for _, info := range scenario.List() {
		t.Run(info.Name, func(t *testing.T) {
			t.Parallel()
			d, err := scenario.Open(info.Name)
			require.NoError(t, err)
			assert.NotEmpty(t, info.Title)
			for _, c := range d.Cases() {
				v, err := d.Version(c.Name)
				require.NoError(t, err)
				p := v.Programme
				assert.Equal(t, info.Name, p.Name)
				assert.Equal(t, info.Title, p.Title)
				assert.Equal(t, c.Name, v.Case)
				assert.Empty(t, v.Layers)
				require.NoError(t, p.Validate())
				require.NotEmpty(t, p.Register)
				for kind, layers := range map[string][]scenario.CaseInfo{"variant": d.Variants(), "stress": d.Stresses()} {
					for _, info := range layers {
						more, err := v.With(info.Name)
						require.NoError(t, err)
						require.Len(t, more.Layers, 1)
						assert.Equal(t, info.Name, more.Layers[0].Name)
						if kind == "stress" { // a variant may be a stress as well
							assert.Equal(t, kind, more.Layers[0].Kind)
						}
						assert.Equal(t, c.Name, more.Case)
					}
				}
			}
		})
	}
}

// Open relies on it.
func TestLibraryHasNoFaults(t *testing.T) {
	for _, info := range scenario.List() {
		t.Run(info.Name, func(t *testing.T) {
			t.Parallel()
			file, err := scenario.Library().Open(info.Name + ".yaml")
			require.NoError(t, err)
			defer file.Close()
			_, err = scenario.Read(info.Name, file)
			require.NoError(t, err)
		})
	}
}

func TestLibraryFiles(t *testing.T) {
	files, err := fs.Glob(scenario.Library(), "*.yaml")
	require.NoError(t, err)
	assert.Len(t, files, len(scenario.List()))
	draws, err := fs.Glob(scenario.Library(), "*.csv")
	require.NoError(t, err)
	assert.Equal(t, []string{"dn2.base.csv"}, draws)
	assert.Contains(t, files, "dn2.yaml")
}

func TestOpenUnknown(t *testing.T) {
	_, err := scenario.Open("dn-2")
	var unknown *scenario.NameError
	require.ErrorAs(t, err, &unknown)
	assert.Equal(t, "dn-2", unknown.Name)
	assert.Contains(t, unknown.Valid, "dn2")
	assert.ErrorContains(t, err, `there is no programme called "dn-2": did you mean "dn2"?`)
	_, err = scenario.Open("../template")
	require.ErrorAs(t, err, &unknown)
}
