package scenario

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// With every difference switched the first version is the second, for the cases of every
// programme of the library and for what is put on top.
func TestBetweenLeadsFromOneVersionToTheOther(t *testing.T) {
	for _, info := range List() {
		d, err := Open(info.Name)
		require.NoError(t, err)
		texts := []string{""}
		for _, one := range d.Cases() {
			texts = append(texts, one.Name)
		}
		for _, one := range d.Variants() {
			texts = append(texts, d.Cases()[0].Name+" + "+one.Name)
		}
		from, err := d.Version(texts[min(1, len(texts)-1)])
		require.NoError(t, err)
		for _, text := range texts {
			to, err := d.Version(text)
			require.NoError(t, err)
			b, err := NewBetween(from, to)
			require.NoError(t, err)
			root := b.from.clone()
			for _, one := range b.Differences {
				require.NoError(t, root.replace(strings.Split(string(one.Path), "."), b.to), one.Path)
			}
			p, findings := decode(root, d.fitted, true)
			require.NoError(t, join(findings))
			certain, err := to.Certain()
			require.NoError(t, err)
			assert.Equal(t, certain.Programme.Fingerprint(), p.Fingerprint(), "%s: %s", info.Name, text)
			mixed, err := b.Mixed(func(int) bool { return false })
			require.NoError(t, err)
			certain, err = from.Certain()
			require.NoError(t, err)
			assert.Equal(t, certain.Programme.Fingerprint(), mixed.Programme.Fingerprint())
		}
	}
}

func TestBetweenSaysWhoChanged(t *testing.T) {
	d, err := Open("dn2")
	require.NoError(t, err)
	from, err := d.Version("medium")
	require.NoError(t, err)
	to, err := d.Version("medium + flat tariffs + {contract cap=8000000}")
	require.NoError(t, err)
	b, err := NewBetween(from, to)
	require.NoError(t, err)
	by := map[string]string{}
	for _, one := range b.Differences {
		by[string(one.Path)] = one.By
	}
	assert.Equal(t, "edit", by["contract cap"])
	assert.Equal(t, "flat tariffs", by["metrics.M1 step-down.tariff"])
	_, err = NewBetween(from, &Version{Programme: from.Programme})
	require.ErrorIs(t, err, ErrNoDocument)
}
