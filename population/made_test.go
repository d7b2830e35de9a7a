package population_test

import (
	"sync"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/calibrate/ssda903"
	"github.com/edgeofcare/edgeofcare/calibrate/synthetic"
	"github.com/edgeofcare/edgeofcare/population"
)

// returns reads invented returns.
func returns(t testing.TB, s synthetic.Settings) *ssda903.Care {
	t.Helper()
	files := fstest.MapFS{}
	_, err := synthetic.Write(s, func(name string, text []byte) error {
		files[name] = &fstest.MapFile{Data: text}
		return nil
	})
	require.NoError(t, err)
	care, err := ssda903.Read(files)
	require.NoError(t, err)
	return care
}

func spells(care *ssda903.Care) []estimate.Spell {
	var all []estimate.Spell
	for _, s := range care.Stays(ssda903.DefaultStates()) {
		all = append(all, estimate.Spell(s))
	}
	return all
}

// population of a council of about 1,000 children, read once.
var council = sync.OnceValue(func() *population.Population {
	var t testing.T
	care := returns(&t, synthetic.Settings{Children: 2400, Years: 5, Seed: 3})
	p, err := population.FromSpells(spells(care), population.Settings{From: care.Window.From, To: care.Window.To, Home: "reunified"})
	if err != nil {
		panic(err)
	}
	return p
})
