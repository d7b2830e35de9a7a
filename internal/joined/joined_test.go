package joined

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEach(t *testing.T) {
	a, b, c := errors.New("a"), errors.New("b"), errors.New("c")
	require.Nil(t, Each(nil))
	require.Equal(t, []error{a}, Each(a))
	require.Equal(t, []error{a, b, c}, Each(errors.Join(a, errors.Join(b, nil, c))))
}
