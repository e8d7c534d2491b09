"""The page 数据导入: look at new ledgers, publish them, withdraw one, go back to a build."""
