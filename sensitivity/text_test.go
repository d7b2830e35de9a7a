package sensitivity_test

import (
	"encoding"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/sensitivity"
)

func TestWords(t *testing.T) {
	words[sensitivity.Order](t, "facility", "surplus", "shortfall", "hurdle")
	words[sensitivity.Event](t, "facility short", "loses money", "misses hurdle", "saves nothing")
	words[sensitivity.Operation](t, "multiply", "add", "put")
}

type word[E any] interface {
	*E
	encoding.TextUnmarshaler
}

type enumeration interface {
	~int
	encoding.TextMarshaler
	String() string
}

func words[E enumeration, P word[E]](t *testing.T, all ...string) {
	for i, want := range all {
		text, err := E(i).MarshalText()
		require.NoError(t, err)
		assert.Equal(t, want, string(text))
		assert.Equal(t, want, E(i).String())
		var e E
		require.NoError(t, P(&e).UnmarshalText(text))
		assert.Equal(t, E(i), e)
	}
	_, err := E(len(all)).MarshalText()
	require.Error(t, err)
	var e E
	require.ErrorContains(t, P(&e).UnmarshalText([]byte("nonsense")), all[0])
}
