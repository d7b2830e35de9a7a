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
	require.Contains(t, scenario.Names(), "dn2")
	for _, info := range scenario.List() {
		t.Run(info.Name, func(t *testing.T) {
			t.Parallel()
			d, err := scenario.Open(info.Name)
			require.NoError(t, err)
			assert.Equal(t, d.Title(), info.Title)
			assert.NotEmpty(t, info.Title)
			for _, c := range d.Cases() {
				p, err := d.Programme(c.Name)
				require.NoError(t, err)
				assert.Equal(t, info.Name, p.Name)
				assert.Equal(t, c.Name, p.Case)
				require.NoError(t, p.Validate())
				require.NotEmpty(t, p.Register)
				for _, v := range d.Variants() {
					edits, err := d.Variant(v.Name)
					require.NoError(t, err)
					p, err := d.Programme(c.Name, edits...)
					require.NoError(t, err)
					assert.Equal(t, c.Name+", with "+v.Name, p.Case)
				}
				for _, s := range d.Stresses() {
					p := stressed(t, d, c.Name, s.Name)
					if s.Name != scenario.AllAtOnce { // which is called by its parts
						assert.Equal(t, c.Name+", with "+s.Name, p.Case)
					}
				}
			}
		})
	}
}

func TestLibraryFiles(t *testing.T) {
	files, err := fs.Glob(scenario.Library(), "*")
	require.NoError(t, err)
	assert.Len(t, files, len(scenario.Names()))
	assert.Contains(t, files, "dn2.yaml")
}

func TestOpenUnknown(t *testing.T) {
	_, err := scenario.Open("dn-2")
	var unknown *scenario.NameError
	require.ErrorAs(t, err, &unknown)
	assert.Equal(t, "dn-2", unknown.Name)
	assert.Contains(t, unknown.Valid, "dn2")
	assert.ErrorContains(t, err, `"dn-2" is no programme: did you mean "dn2"`)
	_, err = scenario.Open("../template")
	require.ErrorAs(t, err, &unknown)
}
