package lives

import (
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
)

// tablesOf is the tables of a valid programme.
func tablesOf(t require.TestingT, p *model.Programme) *Tables {
	tables, err := NewTables(p)
	require.NoError(t, err)
	return tables
}
